#include "textflag.h"

// Scans of columns. Each handles len(out) words, and 64 values for every one of them; the caller has the rest. A word is
// put together from the sign bits of comparisons, 4 at a time for values of 64 bits, 32 at a time for bytes.

// MEET4 adds to AX, from bit N up, which of four values are in; IN makes Y0 all ones or zeros of the values at OFF(SI).
#define MEET4(IN, OFF, N) \
	IN(OFF); \
	VMOVMSKPD Y0, DX; \
	SHLQ $N, DX; \
	ORQ  DX, AX

#define MEET64(IN) \
	XORL AX, AX; \
	MEET4(IN, 0, 0); \
	MEET4(IN, 32, 4); \
	MEET4(IN, 64, 8); \
	MEET4(IN, 96, 12); \
	MEET4(IN, 128, 16); \
	MEET4(IN, 160, 20); \
	MEET4(IN, 192, 24); \
	MEET4(IN, 224, 28); \
	MEET4(IN, 256, 32); \
	MEET4(IN, 288, 36); \
	MEET4(IN, 320, 40); \
	MEET4(IN, 352, 44); \
	MEET4(IN, 384, 48); \
	MEET4(IN, 416, 52); \
	MEET4(IN, 448, 56); \
	MEET4(IN, 480, 60)

// func betweenAVX2(values []int64, shift, most int64, out Set)
//
// A value is in if value+shift <= most, where shift is such that the lower bound becomes the least int64: one addition
// and one comparison for both bounds. The comparison finds those outside.
#define OUTSIDE(OFF) \
	VPADDQ OFF(SI), Y14, Y0; \
	VPCMPGTQ Y15, Y0, Y0

TEXT ·betweenAVX2(SB), NOSPLIT, $0-64
	MOVQ values_base+0(FP), SI
	VPBROADCASTQ shift+24(FP), Y14
	VPBROADCASTQ most+32(FP), Y15
	MOVQ out_base+40(FP), DI
	MOVQ out_len+48(FP), CX
	TESTQ CX, CX
	JEQ  done

next:
	MEET64(OUTSIDE)
	NOTQ AX
	MOVQ AX, (DI)
	ADDQ $512, SI
	ADDQ $8, DI
	DECQ CX
	JNE  next

done:
	VZEROUPPER
	RET

// func greaterAVX2(x, y []int64, out Set)
#define ABOVE(OFF) \
	VMOVDQU OFF(SI), Y0; \
	VPCMPGTQ OFF(R8), Y0, Y0

TEXT ·greaterAVX2(SB), NOSPLIT, $0-72
	MOVQ x_base+0(FP), SI
	MOVQ y_base+24(FP), R8
	MOVQ out_base+48(FP), DI
	MOVQ out_len+56(FP), CX
	TESTQ CX, CX
	JEQ  done

next:
	MEET64(ABOVE)
	MOVQ AX, (DI)
	ADDQ $512, SI
	ADDQ $512, R8
	ADDQ $8, DI
	DECQ CX
	JNE  next

done:
	VZEROUPPER
	RET

// func betweenFloatsAVX2(values []float64, low, high float64, out Set)
#define INSIDE(OFF) \
	VMOVUPD OFF(SI), Y1; \
	VCMPPD $0x1d, Y14, Y1, Y0; \
	VCMPPD $0x12, Y15, Y1, Y1; \
	VANDPD Y0, Y1, Y0

TEXT ·betweenFloatsAVX2(SB), NOSPLIT, $0-64
	MOVQ values_base+0(FP), SI
	VBROADCASTSD low+24(FP), Y14
	VBROADCASTSD high+32(FP), Y15
	MOVQ out_base+40(FP), DI
	MOVQ out_len+48(FP), CX
	TESTQ CX, CX
	JEQ  done

next:
	MEET64(INSIDE)
	MOVQ AX, (DI)
	ADDQ $512, SI
	ADDQ $8, DI
	DECQ CX
	JNE  next

done:
	VZEROUPPER
	RET

// func orBetweenCodesAVX2(ids []uint16, low, width uint16, out Set)
//
// 32 numbers at a time: two comparisons of 16, packed to bytes and put in order.
#define CODES(OFF, INTO) \
	VMOVDQU OFF(SI), Y0; \
	VMOVDQU OFF+32(SI), Y1; \
	VPSUBW  Y14, Y0, Y0; \
	VPSUBW  Y14, Y1, Y1; \
	VPMINUW Y15, Y0, Y2; \
	VPMINUW Y15, Y1, Y3; \
	VPCMPEQW Y0, Y2, Y0; \
	VPCMPEQW Y1, Y3, Y1; \
	VPACKSSWB Y1, Y0, Y0; \
	VPERMQ  $0xd8, Y0, Y0; \
	VPMOVMSKB Y0, INTO

TEXT ·orBetweenCodesAVX2(SB), NOSPLIT, $0-56
	MOVQ ids_base+0(FP), SI
	VPBROADCASTW low+24(FP), Y14
	VPBROADCASTW width+26(FP), Y15
	MOVQ out_base+32(FP), DI
	MOVQ out_len+40(FP), CX
	TESTQ CX, CX
	JEQ  done

next:
	CODES(0, AX)
	CODES(64, DX)
	SHLQ $32, DX
	ORQ  DX, AX
	ORQ  AX, (DI)
	ADDQ $128, SI
	ADDQ $8, DI
	DECQ CX
	JNE  next

done:
	VZEROUPPER
	RET

// func betweenBytesAVX2(values []uint8, low, width uint8, out Set)
TEXT ·betweenBytesAVX2(SB), NOSPLIT, $0-56
	MOVQ values_base+0(FP), SI
	VPBROADCASTB low+24(FP), Y14
	VPBROADCASTB width+25(FP), Y15
	MOVQ out_base+32(FP), DI
	MOVQ out_len+40(FP), CX
	TESTQ CX, CX
	JEQ  done

next:
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPSUBB  Y14, Y0, Y0
	VPSUBB  Y14, Y1, Y1
	VPMINUB Y15, Y0, Y2
	VPMINUB Y15, Y1, Y3
	VPCMPEQB Y0, Y2, Y0
	VPCMPEQB Y1, Y3, Y1
	VPMOVMSKB Y0, AX
	VPMOVMSKB Y1, DX
	SHLQ $32, DX
	ORQ  DX, AX
	MOVQ AX, (DI)
	ADDQ $64, SI
	ADDQ $8, DI
	DECQ CX
	JNE  next

done:
	VZEROUPPER
	RET
