#include "textflag.h"

DATA sizeMask<>+0(SB)/8, $0x7fffffffffffffff
GLOBL sizeMask<>(SB), RODATA, $8
DATA tiny<>+0(SB)/8, $1e-250
GLOBL tiny<>(SB), RODATA, $8
DATA most<>+0(SB)/8, $0x7fefffffffffffff
GLOBL most<>(SB), RODATA, $8
DATA ulp<>+0(SB)/8, $0x3cb0000000000000 // 2^-52
GLOBL ulp<>(SB), RODATA, $8
DATA slack<>+0(SB)/8, $0x3ff0000000000010
GLOBL slack<>(SB), RODATA, $8

// Y15: all bits but the sign; Y14: Tiny; Y13: the greatest finite number; Y12: Slack; Y11: 0.
#define CONSTANTS \
	VBROADCASTSD sizeMask<>(SB), Y15; \
	VBROADCASTSD tiny<>(SB), Y14; \
	VBROADCASTSD most<>(SB), Y13; \
	VBROADCASTSD slack<>(SB), Y12; \
	VXORPD Y11, Y11, Y11

// func addAVX2(x, xe, y, ye []float64, sign float64) int
TEXT ·addAVX2(SB), NOSPLIT, $0-112
	MOVQ x_base+0(FP), DI
	MOVQ x_len+8(FP), CX
	MOVQ xe_base+24(FP), SI
	MOVQ y_base+48(FP), R8
	MOVQ ye_base+72(FP), R9
	VBROADCASTSD sign+96(FP), Y10
	CONSTANTS
	XORL DX, DX
	ANDQ $~3, CX
	JMP  test

next:
	VMOVUPD (DI)(DX*8), Y0            // a
	VMULPD  (R8)(DX*8), Y10, Y1       // b
	VADDPD  Y1, Y0, Y2                // r = a+b
	VSUBPD  Y0, Y2, Y3                // t = r-a
	VSUBPD  Y3, Y2, Y4                // r-t
	VSUBPD  Y4, Y0, Y4                // a-(r-t)
	VSUBPD  Y3, Y1, Y3                // b-t
	VADDPD  Y3, Y4, Y3
	VANDPD  Y15, Y3, Y3               // e
	VMOVUPD Y2, (DI)(DX*8)
	VMOVUPD (SI)(DX*8), Y5
	VMOVUPD (R9)(DX*8), Y6
	VORPD   Y5, Y6, Y7
	VCMPPD  $4, Y11, Y7, Y7           // is either not 0?
	VADDPD  Y6, Y5, Y5
	VADDPD  Y3, Y5, Y5
	VMULPD  Y12, Y5, Y5
	VBLENDVPD Y7, Y5, Y3, Y3
	VMOVUPD Y3, (SI)(DX*8)
	ADDQ    $4, DX

test:
	CMPQ DX, CX
	JLT  next
	MOVQ DX, ret+104(FP)
	VZEROUPPER
	RET

// PRODUCT makes Y2 the product of Y0 and Y1 and Y5 its bound, where Y3 and Y4 bound the factors. It leaves if there are
// lanes that are not ordinary: neither a factor is exactly 0, nor is the product from Tiny to the greatest number.
#define PRODUCT \
	VMULPD  Y1, Y0, Y2; \
	VMOVAPD Y2, Y5; \
	VFMSUB231PD Y1, Y0, Y5; \
	VANDPD  Y15, Y5, Y5; \
	VORPD   Y0, Y3, Y6; \
	VCMPPD  $0, Y11, Y6, Y6; \
	VORPD   Y1, Y4, Y7; \
	VCMPPD  $0, Y11, Y7, Y7; \
	VORPD   Y6, Y7, Y6; \
	VANDPD  Y15, Y2, Y7; \
	VCMPPD  $0x1d, Y14, Y7, Y8; \
	VCMPPD  $0x12, Y13, Y7, Y9; \
	VANDPD  Y8, Y9, Y8; \
	VORPD   Y6, Y8, Y8; \
	VMOVMSKPD Y8, AX; \
	CMPL    AX, $15; \
	JNE     done; \
	VANDPD  Y15, Y0, Y7; \
	VMULPD  Y4, Y7, Y7; \
	VANDPD  Y15, Y1, Y8; \
	VMULPD  Y3, Y8, Y8; \
	VADDPD  Y8, Y7, Y7; \
	VMULPD  Y4, Y3, Y8; \
	VADDPD  Y8, Y7, Y7; \
	VADDPD  Y5, Y7, Y7; \
	VMULPD  Y12, Y7, Y7; \
	VORPD   Y3, Y4, Y8; \
	VCMPPD  $4, Y11, Y8, Y8; \
	VBLENDVPD Y8, Y7, Y5, Y5; \
	VANDNPD Y2, Y6, Y2; \
	VANDNPD Y5, Y6, Y5

// func multiplyAVX2(x, xe, y, ye []float64) int
TEXT ·multiplyAVX2(SB), NOSPLIT, $0-104
	MOVQ x_base+0(FP), DI
	MOVQ x_len+8(FP), CX
	MOVQ xe_base+24(FP), SI
	MOVQ y_base+48(FP), R8
	MOVQ ye_base+72(FP), R9
	CONSTANTS
	XORL DX, DX
	ANDQ $~3, CX
	JMP  test

next:
	VMOVUPD (DI)(DX*8), Y0
	VMOVUPD (R8)(DX*8), Y1
	VMOVUPD (SI)(DX*8), Y3
	VMOVUPD (R9)(DX*8), Y4
	PRODUCT
	VMOVUPD Y2, (DI)(DX*8)
	VMOVUPD Y5, (SI)(DX*8)
	ADDQ    $4, DX

test:
	CMPQ DX, CX
	JLT  next

done:
	MOVQ DX, ret+96(FP)
	VZEROUPPER
	RET

// func scaleAVX2(x, xe []float64, f, fe float64) int
//
// As PRODUCT, but for lanes with open ends, which are usual where a number is unknown and stay open. f is not 0 and finite.
#define SCALED \
	VMULPD  Y1, Y0, Y2; \
	VMOVAPD Y2, Y5; \
	VFMSUB231PD Y1, Y0, Y5; \
	VANDPD  Y15, Y5, Y5; \
	VORPD   Y0, Y3, Y6; \
	VCMPPD  $0, Y11, Y6, Y6; \
	VANDPD  Y15, Y0, Y7; \
	VCMPPD  $0x1e, Y13, Y7, Y9; \
	VCMPPD  $0, Y11, Y3, Y8; \
	VANDPD  Y8, Y9, Y10; \
	VANDPD  Y15, Y2, Y7; \
	VCMPPD  $0x1d, Y14, Y7, Y8; \
	VCMPPD  $0x12, Y13, Y7, Y9; \
	VANDPD  Y8, Y9, Y8; \
	VORPD   Y6, Y8, Y8; \
	VORPD   Y10, Y8, Y8; \
	VMOVMSKPD Y8, AX; \
	CMPL    AX, $15; \
	JNE     done; \
	VANDPD  Y15, Y0, Y7; \
	VMULPD  Y4, Y7, Y7; \
	VANDPD  Y15, Y1, Y8; \
	VMULPD  Y3, Y8, Y8; \
	VADDPD  Y8, Y7, Y7; \
	VMULPD  Y4, Y3, Y8; \
	VADDPD  Y8, Y7, Y7; \
	VADDPD  Y5, Y7, Y7; \
	VMULPD  Y12, Y7, Y7; \
	VORPD   Y3, Y4, Y8; \
	VCMPPD  $4, Y11, Y8, Y8; \
	VBLENDVPD Y8, Y7, Y5, Y5; \
	VANDNPD Y2, Y6, Y2; \
	VORPD   Y6, Y10, Y6; \
	VANDNPD Y5, Y6, Y5

TEXT ·scaleAVX2(SB), NOSPLIT, $0-72
	MOVQ x_base+0(FP), DI
	MOVQ x_len+8(FP), CX
	MOVQ xe_base+24(FP), SI
	VBROADCASTSD f+48(FP), Y1
	VBROADCASTSD fe+56(FP), Y4
	CONSTANTS
	XORL DX, DX
	ANDQ $~3, CX
	JMP  test

next:
	VMOVUPD (DI)(DX*8), Y0
	VMOVUPD (SI)(DX*8), Y3
	SCALED
	VMOVUPD Y2, (DI)(DX*8)
	VMOVUPD Y5, (SI)(DX*8)
	ADDQ    $4, DX

test:
	CMPQ DX, CX
	JLT  next

done:
	MOVQ DX, ret+64(FP)
	VZEROUPPER
	RET

// func divideAVX2(x, xe, y, ye []float64) int
//
// It leaves if there are lanes that are not ordinary: the divisor is less than Tiny, infinite or may be 0, or the dividend
// is neither exactly 0 nor at least Tiny and the quotient from Tiny to the greatest number.
TEXT ·divideAVX2(SB), NOSPLIT, $0-104
	MOVQ x_base+0(FP), DI
	MOVQ x_len+8(FP), CX
	MOVQ xe_base+24(FP), SI
	MOVQ y_base+48(FP), R8
	MOVQ ye_base+72(FP), R9
	CONSTANTS
	VBROADCASTSD ulp<>(SB), Y10
	XORL DX, DX
	ANDQ $~3, CX
	JMP  test

next:
	VMOVUPD (DI)(DX*8), Y0
	VMOVUPD (R8)(DX*8), Y1
	VMOVUPD (SI)(DX*8), Y3
	VMOVUPD (R9)(DX*8), Y4
	VDIVPD  Y1, Y0, Y2                // r = a/b
	VMOVAPD Y0, Y5
	VFNMADD231PD Y1, Y2, Y5           // a-r*b
	VANDPD  Y15, Y5, Y5
	VANDPD  Y15, Y0, Y6               // |a|
	VANDPD  Y15, Y1, Y1               // |b|
	VANDPD  Y15, Y2, Y7               // |r|
	VORPD   Y0, Y3, Y8
	VCMPPD  $0, Y11, Y8, Y8           // is a exactly 0?
	VCMPPD  $0x1d, Y14, Y6, Y6
	VCMPPD  $0x1d, Y14, Y7, Y9
	VANDPD  Y6, Y9, Y6
	VCMPPD  $0x12, Y13, Y7, Y9
	VANDPD  Y6, Y9, Y6
	VORPD   Y8, Y6, Y6
	VCMPPD  $0x1d, Y14, Y1, Y9
	VANDPD  Y6, Y9, Y6
	VCMPPD  $0x12, Y13, Y1, Y9
	VANDPD  Y6, Y9, Y6
	VCMPPD  $0x1e, Y4, Y1, Y9         // |b| above its bound
	VANDPD  Y6, Y9, Y6
	VMOVMSKPD Y6, AX
	CMPL    AX, $15
	JNE     done
	VCMPPD  $4, Y11, Y5, Y6           // is there a remainder?
	VMULPD  Y10, Y7, Y9
	VANDPD  Y9, Y6, Y6                // then the bound is an ulp, if both operands are exact
	VORPD   Y3, Y4, Y9
	VCMPPD  $4, Y11, Y9, Y9
	VMOVMSKPD Y9, AX
	TESTL   AX, AX
	JEQ     store
	VADDPD  Y3, Y5, Y5                // e+ae
	VMULPD  Y4, Y7, Y7                // |r|*be
	VADDPD  Y7, Y5, Y5
	VSUBPD  Y4, Y1, Y1                // |b|-be
	VDIVPD  Y1, Y5, Y5
	VMULPD  Y12, Y5, Y5
	VBLENDVPD Y9, Y5, Y6, Y6

store:
	VANDNPD Y2, Y8, Y2
	VANDNPD Y6, Y8, Y6
	VMOVUPD Y2, (DI)(DX*8)
	VMOVUPD Y6, (SI)(DX*8)
	ADDQ    $4, DX

test:
	CMPQ DX, CX
	JLT  next

done:
	MOVQ DX, ret+96(FP)
	VZEROUPPER
	RET
