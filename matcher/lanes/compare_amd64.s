#include "textflag.h"

DATA sizeMask<>+0(SB)/8, $0x7fffffffffffffff
GLOBL sizeMask<>(SB), RODATA, $8
DATA tiny<>+0(SB)/8, $1e-250
GLOBL tiny<>(SB), RODATA, $8
DATA most<>+0(SB)/8, $0x7fefffffffffffff
GLOBL most<>(SB), RODATA, $8
DATA slack<>+0(SB)/8, $0x3ff0000000000010
GLOBL slack<>(SB), RODATA, $8
DATA share<>+0(SB)/8, $0x3ce0000000000000 // 2^-49
GLOBL share<>(SB), RODATA, $8
DATA one<>+0(SB)/8, $1
GLOBL one<>(SB), RODATA, $8
DATA half<>+0(SB)/8, $0x0008000000000000 // 2^51
GLOBL half<>(SB), RODATA, $8
DATA magic<>+0(SB)/8, $0x4330000000000000 // 2^52 as a float64
GLOBL magic<>(SB), RODATA, $8
DATA both<>+0(SB)/8, $0x4338000000000000 // 2^52 + 2^51 as a float64
GLOBL both<>(SB), RODATA, $8

// func loadAVX2(values []int64, x []float64) (done int, ok bool)
//
// An integer from -2^51 to 2^51, raised by 2^51, fills the mantissa of a number from 2^52 on.
TEXT ·loadAVX2(SB), NOSPLIT, $0-57
	MOVQ values_base+0(FP), SI
	MOVQ values_len+8(FP), CX
	MOVQ x_base+24(FP), DI
	VPBROADCASTQ half<>(SB), Y15
	VPBROADCASTQ magic<>(SB), Y14
	VBROADCASTSD both<>(SB), Y13
	VPXOR Y5, Y5, Y5
	XORL DX, DX
	ANDQ $~3, CX
	JMP  test

next:
	VPADDQ (SI)(DX*8), Y15, Y0
	VPOR   Y0, Y5, Y5
	VPOR   Y14, Y0, Y0
	VSUBPD Y13, Y0, Y0
	VMOVUPD Y0, (DI)(DX*8)
	ADDQ   $4, DX

test:
	CMPQ DX, CX
	JLT  next
	MOVQ DX, done+48(FP)
	VPSRLQ $52, Y5, Y5
	VPTEST Y5, Y5
	SETEQ  ok+56(FP)
	VZEROUPPER
	RET

// func compareAVX2(x, xe, y, ye []float64) (above, below, equal uint64)
TEXT ·compareAVX2(SB), NOSPLIT, $0-120
	MOVQ x_base+0(FP), DI
	MOVQ xe_base+24(FP), SI
	MOVQ y_base+48(FP), R8
	MOVQ ye_base+72(FP), R9
	VBROADCASTSD slack<>(SB), Y12
	VXORPD Y11, Y11, Y11
	XORL R10, R10
	XORL R11, R11
	XORL R12, R12
	XORL CX, CX

next:
	VMOVUPD (DI)(CX*8), Y0
	VSUBPD  (R8)(CX*8), Y0, Y0        // d
	VMOVUPD (SI)(CX*8), Y1
	VADDPD  (R9)(CX*8), Y1, Y1
	VMULPD  Y12, Y1, Y1               // e
	VCMPPD  $0x1e, Y1, Y0, Y2         // d > e
	VSUBPD  Y1, Y11, Y3               // -e
	VCMPPD  $0x11, Y3, Y0, Y3         // d < -e
	VORPD   Y0, Y1, Y4
	VCMPPD  $0, Y11, Y4, Y4
	VMOVMSKPD Y2, AX
	VMOVMSKPD Y3, BX
	VMOVMSKPD Y4, DX
	SHLQ    CX, AX
	SHLQ    CX, BX
	SHLQ    CX, DX
	ORQ     AX, R10
	ORQ     BX, R11
	ORQ     DX, R12
	ADDQ    $4, CX
	CMPQ    CX, $64
	JLT     next
	MOVQ R10, above+96(FP)
	MOVQ R11, below+104(FP)
	MOVQ R12, equal+112(FP)
	VZEROUPPER
	RET

// func unprovenAVX2(x, xe []float64) uint64
TEXT ·unprovenAVX2(SB), NOSPLIT, $0-56
	MOVQ x_base+0(FP), DI
	MOVQ xe_base+24(FP), SI
	VBROADCASTSD sizeMask<>(SB), Y15
	XORL R10, R10
	XORL CX, CX

next:
	VANDPD  (DI)(CX*8), Y15, Y0
	VMOVUPD (SI)(CX*8), Y1
	VCMPPD  $0x1a, Y1, Y0, Y0         // not |x| > e
	VMOVMSKPD Y0, AX
	SHLQ    CX, AX
	ORQ     AX, R10
	ADDQ    $4, CX
	CMPQ    CX, $64
	JLT     next
	MOVQ R10, ret+48(FP)
	VZEROUPPER
	RET

// func encodeAVX2(x, xe []float64, codes []int64) uint64
TEXT ·encodeAVX2(SB), NOSPLIT, $0-80
	MOVQ x_base+0(FP), DI
	MOVQ xe_base+24(FP), SI
	MOVQ codes_base+48(FP), R8
	VBROADCASTSD sizeMask<>(SB), Y15
	VBROADCASTSD tiny<>(SB), Y14
	VBROADCASTSD most<>(SB), Y13
	VBROADCASTSD share<>(SB), Y12
	VPBROADCASTQ one<>(SB), Y10
	VPXOR Y11, Y11, Y11
	XORL R10, R10
	XORL CX, CX

next:
	VMOVUPD (DI)(CX*8), Y0
	VMOVUPD (SI)(CX*8), Y1
	VPAND   Y15, Y0, Y2               // magnitude, and |v|
	VPCMPGTQ Y0, Y11, Y3              // all ones if the sign is set
	VPAND   Y10, Y2, Y4               // its last bit
	VPXOR   Y4, Y2, Y5
	VPXOR   Y3, Y5, Y5
	VPSUBQ  Y3, Y5, Y5                // the code
	VCMPPD  $0, Y11, Y1, Y6           // e == 0
	VCMPPD  $7, Y0, Y0, Y7            // v is a number
	VANDPD  Y6, Y7, Y6                // exact
	VBLENDVPD Y6, Y4, Y10, Y4
	VPADDQ  Y4, Y5, Y5
	VMOVDQU Y5, (R8)(CX*8)
	VMULPD  Y12, Y2, Y7
	VCMPPD  $0x12, Y7, Y1, Y7         // e <= |v|*2^-49
	VCMPPD  $0x1d, Y14, Y2, Y8
	VCMPPD  $0x12, Y13, Y2, Y9
	VANDPD  Y8, Y7, Y7
	VANDPD  Y9, Y7, Y7
	VORPD   Y6, Y7, Y7
	VMOVMSKPD Y7, AX
	XORL    $15, AX
	SHLQ    CX, AX
	ORQ     AX, R10
	ADDQ    $4, CX
	CMPQ    CX, $64
	JLT     next
	MOVQ R10, ret+72(FP)
	VZEROUPPER
	RET

DATA four<>+0(SB)/8, $1
DATA four<>+8(SB)/8, $2
DATA four<>+16(SB)/8, $4
DATA four<>+24(SB)/8, $8
GLOBL four<>(SB), RODATA, $32

// func putAVX2(x []float64, which uint64, v float64)
TEXT ·putAVX2(SB), NOSPLIT, $0-40
	MOVQ x_base+0(FP), DI
	VPBROADCASTQ which+24(FP), Y0
	VBROADCASTSD v+32(FP), Y1
	VMOVDQU four<>(SB), Y2
	MOVL $16, CX

next:
	VPAND      Y2, Y0, Y3
	VPCMPEQQ   Y2, Y3, Y3
	VMASKMOVPD Y1, Y3, (DI)
	VPSRLQ     $4, Y0, Y0
	ADDQ       $32, DI
	DECL       CX
	JNZ        next
	VZEROUPPER
	RET
