#include "textflag.h"

// func countAVX2(s Set) int
TEXT ·countAVX2(SB), NOSPLIT, $0-32
	MOVQ s_base+0(FP), SI
	MOVQ s_len+8(FP), CX
	XORL AX, AX
	XORL BX, BX

wide:
	CMPQ CX, $4
	JLT  single
	POPCNTQ (SI), R8
	POPCNTQ 8(SI), R9
	POPCNTQ 16(SI), R10
	POPCNTQ 24(SI), R11
	ADDQ R8, AX
	ADDQ R9, BX
	ADDQ R10, AX
	ADDQ R11, BX
	ADDQ $32, SI
	SUBQ $4, CX
	JMP  wide

single:
	TESTQ CX, CX
	JEQ  done
	POPCNTQ (SI), R8
	ADDQ R8, AX
	ADDQ $8, SI
	DECQ CX
	JMP  single

done:
	ADDQ BX, AX
	MOVQ AX, ret+24(FP)
	RET

// func intersectsAVX2(s, o Set) bool
TEXT ·intersectsAVX2(SB), NOSPLIT, $0-49
	MOVQ s_base+0(FP), SI
	MOVQ s_len+8(FP), CX
	MOVQ o_base+24(FP), DI

wide:
	CMPQ CX, $8
	JLT  single
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VPAND (DI), Y0, Y0
	VPAND 32(DI), Y1, Y1
	VPOR  Y0, Y1, Y0
	VPTEST Y0, Y0
	JNE  met
	ADDQ $64, SI
	ADDQ $64, DI
	SUBQ $8, CX
	JMP  wide

single:
	TESTQ CX, CX
	JEQ  done
	MOVQ (SI), AX
	TESTQ AX, (DI)
	JNE  met
	ADDQ $8, SI
	ADDQ $8, DI
	DECQ CX
	JMP  single

met:
	MOVB $1, ret+48(FP)
	VZEROUPPER
	RET

done:
	MOVB $0, ret+48(FP)
	VZEROUPPER
	RET

// func withinAVX2(s, o Set) bool
TEXT ·withinAVX2(SB), NOSPLIT, $0-49
	MOVQ s_base+0(FP), SI
	MOVQ s_len+8(FP), CX
	MOVQ o_base+24(FP), DI

wide:
	CMPQ CX, $8
	JLT  single
	VMOVDQU (DI), Y0
	VMOVDQU 32(DI), Y1
	VPANDN (SI), Y0, Y0
	VPANDN 32(SI), Y1, Y1
	VPOR  Y0, Y1, Y0
	VPTEST Y0, Y0
	JNE  outside
	ADDQ $64, SI
	ADDQ $64, DI
	SUBQ $8, CX
	JMP  wide

single:
	TESTQ CX, CX
	JEQ  done
	MOVQ (DI), AX
	NOTQ AX
	TESTQ AX, (SI)
	JNE  outside
	ADDQ $8, SI
	ADDQ $8, DI
	DECQ CX
	JMP  single

outside:
	MOVB $0, ret+48(FP)
	VZEROUPPER
	RET

done:
	MOVB $1, ret+48(FP)
	VZEROUPPER
	RET
