#include "textflag.h"

DATA keyOne<>+0(SB)/8, $1
GLOBL keyOne<>(SB), RODATA, $8
DATA keyMagic<>+0(SB)/8, $0x4330000000000000 // 2^52 as a float64
GLOBL keyMagic<>(SB), RODATA, $8
DATA keyBias<>+0(SB)/8, $0xffc00 // 1023<<10
GLOBL keyBias<>(SB), RODATA, $8
DATA keyOrder<>+0(SB)/8, $0x0000000400000000
DATA keyOrder<>+8(SB)/8, $0x0000000500000001
DATA keyOrder<>+16(SB)/8, $0x0000000600000002
DATA keyOrder<>+24(SB)/8, $0x0000000700000003
GLOBL keyOrder<>(SB), RODATA, $32

// DISTANCES makes R the distances of the four values at OFF(SI), and KEYS their logarithms.
#define DISTANCES(OFF, R) \
	VMOVDQU OFF(SI), R; \
	VPCMPGTQ R, Y15, Y8; \
	VBLENDVPD Y8, Y15, R, R; \
	VPCMPGTQ Y14, R, Y8; \
	VBLENDVPD Y8, Y14, R, R; \
	VPSUBQ  Y15, R, R; \
	VPSRLQ  X13, R, R

#define KEYS(OFF, R) \
	DISTANCES(OFF, R); \
	VPADDQ  Y12, R, R; \
	VPOR    Y11, R, R; \
	VSUBPD  Y11, R, R; \
	VPSRLQ  $42, R, R; \
	VPSUBQ  Y10, R, R

// LOOK writes the rank of the N-th key.
#define LOOK(N) \
	MOVWLZX keys-32+2*N(SP), AX; \
	MOVBLZX (R8)(AX*1), AX; \
	MOVB   AX, N(DI)

// LOOKUP writes the ranks of the 16 keys in Y0 to Y3.
#define LOOKUP \
	VPACKUSDW Y1, Y0, Y0; \
	VPACKUSDW Y3, Y2, Y2; \
	VPACKUSDW Y2, Y0, Y0; \
	VPERMD Y0, Y9, Y0; \
	VMOVDQU Y0, keys-32(SP); \
	LOOK(0); \
	LOOK(1); \
	LOOK(2); \
	LOOK(3); \
	LOOK(4); \
	LOOK(5); \
	LOOK(6); \
	LOOK(7); \
	LOOK(8); \
	LOOK(9); \
	LOOK(10); \
	LOOK(11); \
	LOOK(12); \
	LOOK(13); \
	LOOK(14); \
	LOOK(15)

// func rankAVX2(values []int64, ranks []uint8, low, high int64, shift uint64, table *[1 << 16]uint8) int
TEXT ·rankAVX2(SB), NOSPLIT, $32-88
	MOVQ values_base+0(FP), SI
	MOVQ values_len+8(FP), CX
	MOVQ ranks_base+24(FP), DI
	VPBROADCASTQ low+48(FP), Y15
	VPBROADCASTQ high+56(FP), Y14
	VMOVQ shift+64(FP), X13
	MOVQ table+72(FP), R8
	VPBROADCASTQ keyOne<>(SB), Y12
	VPBROADCASTQ keyMagic<>(SB), Y11
	VPBROADCASTQ keyBias<>(SB), Y10
	VMOVDQU keyOrder<>(SB), Y9
	ANDQ $~15, CX
	MOVQ CX, ret+80(FP)
	JEQ  done

next:
	KEYS(0, Y0)
	KEYS(32, Y1)
	KEYS(64, Y2)
	KEYS(96, Y3)
	LOOKUP
	ADDQ $128, SI
	ADDQ $16, DI
	SUBQ $16, CX
	JNE  next

done:
	VZEROUPPER
	RET

// func rankEvenAVX2(values []int64, ranks []uint8, low, high int64, shift uint64, table *[1 << 16]uint8) int
TEXT ·rankEvenAVX2(SB), NOSPLIT, $32-88
	MOVQ values_base+0(FP), SI
	MOVQ values_len+8(FP), CX
	MOVQ ranks_base+24(FP), DI
	VPBROADCASTQ low+48(FP), Y15
	VPBROADCASTQ high+56(FP), Y14
	VMOVQ shift+64(FP), X13
	MOVQ table+72(FP), R8
	VMOVDQU keyOrder<>(SB), Y9
	ANDQ $~15, CX
	MOVQ CX, ret+80(FP)
	JEQ  done

next:
	DISTANCES(0, Y0)
	DISTANCES(32, Y1)
	DISTANCES(64, Y2)
	DISTANCES(96, Y3)
	LOOKUP
	ADDQ $128, SI
	ADDQ $16, DI
	SUBQ $16, CX
	JNE  next

done:
	VZEROUPPER
	RET
