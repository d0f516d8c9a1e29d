#include "textflag.h"

// The operations of sets on whole words: 16 words a turn while they last, then 4, then 1. Slices come as base, length and
// capacity; the second operand is at least as long as the first.

// COMBINE makes (DI) what OP makes of (SI) and (DI), for CX words.
#define COMBINE(OP, TAIL) \
wide: \
	CMPQ CX, $16; \
	JLT  narrow; \
	VMOVDQU (SI), Y0; \
	VMOVDQU 32(SI), Y1; \
	VMOVDQU 64(SI), Y2; \
	VMOVDQU 96(SI), Y3; \
	OP   (DI), Y0, Y0; \
	OP   32(DI), Y1, Y1; \
	OP   64(DI), Y2, Y2; \
	OP   96(DI), Y3, Y3; \
	VMOVDQU Y0, (DI); \
	VMOVDQU Y1, 32(DI); \
	VMOVDQU Y2, 64(DI); \
	VMOVDQU Y3, 96(DI); \
	ADDQ $128, SI; \
	ADDQ $128, DI; \
	SUBQ $16, CX; \
	JMP  wide; \
narrow: \
	CMPQ CX, $4; \
	JLT  single; \
	VMOVDQU (SI), Y0; \
	OP   (DI), Y0, Y0; \
	VMOVDQU Y0, (DI); \
	ADDQ $32, SI; \
	ADDQ $32, DI; \
	SUBQ $4, CX; \
	JMP  narrow; \
single: \
	TESTQ CX, CX; \
	JEQ  done; \
	MOVQ (SI), AX; \
	TAIL; \
	MOVQ AX, (DI); \
	ADDQ $8, SI; \
	ADDQ $8, DI; \
	DECQ CX; \
	JMP  single; \
done: \
	VZEROUPPER; \
	RET

#define ANDWORD ANDQ (DI), AX
#define ORWORD ORQ (DI), AX
#define ANDNOTWORD NOTQ AX; ANDQ (DI), AX

// func andAVX2(s, o Set)
TEXT ·andAVX2(SB), NOSPLIT, $0-48
	MOVQ s_base+0(FP), DI
	MOVQ s_len+8(FP), CX
	MOVQ o_base+24(FP), SI
	COMBINE(VPAND, ANDWORD)

// func orAVX2(s, o Set)
TEXT ·orAVX2(SB), NOSPLIT, $0-48
	MOVQ s_base+0(FP), DI
	MOVQ s_len+8(FP), CX
	MOVQ o_base+24(FP), SI
	COMBINE(VPOR, ORWORD)

// func andNotAVX2(s, o Set)
TEXT ·andNotAVX2(SB), NOSPLIT, $0-48
	MOVQ s_base+0(FP), DI
	MOVQ s_len+8(FP), CX
	MOVQ o_base+24(FP), SI
	COMBINE(VPANDN, ANDNOTWORD)

// ANY sets ret to whether the accumulated bits in Y8 and AX are not all 0.
#define ANY(WHERE) \
	VPTEST Y8, Y8; \
	SETNE  BX; \
	TESTQ  AX, AX; \
	SETNE  DX; \
	ORB    DX, BX; \
	MOVB   BX, WHERE; \
	VZEROUPPER; \
	RET

// func andAnyAVX2(s, o Set) bool
TEXT ·andAnyAVX2(SB), NOSPLIT, $0-49
	MOVQ s_base+0(FP), DI
	MOVQ s_len+8(FP), CX
	MOVQ o_base+24(FP), SI
	VPXOR Y8, Y8, Y8
	XORL  AX, AX

wide:
	CMPQ CX, $16
	JLT  narrow
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VMOVDQU 64(SI), Y2
	VMOVDQU 96(SI), Y3
	VPAND   (DI), Y0, Y0
	VPAND   32(DI), Y1, Y1
	VPAND   64(DI), Y2, Y2
	VPAND   96(DI), Y3, Y3
	VMOVDQU Y0, (DI)
	VMOVDQU Y1, 32(DI)
	VMOVDQU Y2, 64(DI)
	VMOVDQU Y3, 96(DI)
	VPOR    Y0, Y1, Y4
	VPOR    Y2, Y3, Y5
	VPOR    Y4, Y8, Y8
	VPOR    Y5, Y8, Y8
	ADDQ    $128, SI
	ADDQ    $128, DI
	SUBQ    $16, CX
	JMP     wide

narrow:
	CMPQ CX, $4
	JLT  single
	VMOVDQU (SI), Y0
	VPAND   (DI), Y0, Y0
	VMOVDQU Y0, (DI)
	VPOR    Y0, Y8, Y8
	ADDQ    $32, SI
	ADDQ    $32, DI
	SUBQ    $4, CX
	JMP     narrow

single:
	TESTQ CX, CX
	JEQ   done
	MOVQ  (SI), R8
	ANDQ  (DI), R8
	MOVQ  R8, (DI)
	ORQ   R8, AX
	ADDQ  $8, SI
	ADDQ  $8, DI
	DECQ  CX
	JMP   single

done:
	ANY(ret+48(FP))

// func andAllAVX2(out Set, parts []Set) bool
//
// Each 16 words go through all parts in registers, so that a set is read once and out written once.
TEXT ·andAllAVX2(SB), NOSPLIT, $0-49
	MOVQ out_base+0(FP), DI
	MOVQ out_len+8(FP), CX
	MOVQ parts_base+24(FP), R9
	MOVQ parts_len+32(FP), R10
	VPXOR Y8, Y8, Y8
	XORL  AX, AX
	XORL  R8, R8              // bytes into the sets

wide:
	CMPQ CX, $16
	JLT  single
	MOVQ (R9), SI
	ADDQ R8, SI
	VMOVDQU (SI), Y0
	VMOVDQU 32(SI), Y1
	VMOVDQU 64(SI), Y2
	VMOVDQU 96(SI), Y3
	MOVQ R9, R11
	MOVQ R10, R12

next:
	DECQ R12
	JEQ  store
	ADDQ $24, R11             // a slice has three words
	MOVQ (R11), SI
	ADDQ R8, SI
	VPAND (SI), Y0, Y0
	VPAND 32(SI), Y1, Y1
	VPAND 64(SI), Y2, Y2
	VPAND 96(SI), Y3, Y3
	JMP  next

store:
	VMOVDQU Y0, (DI)(R8*1)
	VMOVDQU Y1, 32(DI)(R8*1)
	VMOVDQU Y2, 64(DI)(R8*1)
	VMOVDQU Y3, 96(DI)(R8*1)
	VPOR Y0, Y1, Y4
	VPOR Y2, Y3, Y5
	VPOR Y4, Y8, Y8
	VPOR Y5, Y8, Y8
	ADDQ $128, R8
	SUBQ $16, CX
	JMP  wide

single:
	TESTQ CX, CX
	JEQ  done
	MOVQ (R9), SI
	MOVQ (SI)(R8*1), R13
	MOVQ R9, R11
	MOVQ R10, R12

nextWord:
	DECQ R12
	JEQ  storeWord
	ADDQ $24, R11
	MOVQ (R11), SI
	ANDQ (SI)(R8*1), R13
	JMP  nextWord

storeWord:
	MOVQ R13, (DI)(R8*1)
	ORQ  R13, AX
	ADDQ $8, R8
	DECQ CX
	JMP  single

done:
	ANY(ret+48(FP))

// func splitAVX2(in, known, yes, no Set)
TEXT ·splitAVX2(SB), NOSPLIT, $0-96
	MOVQ in_base+0(FP), SI
	MOVQ in_len+8(FP), CX
	MOVQ known_base+24(FP), R8
	MOVQ yes_base+48(FP), DI
	MOVQ no_base+72(FP), R9
	XORL DX, DX

wide:
	CMPQ CX, $8
	JLT  single
	VMOVDQU (SI)(DX*1), Y0
	VMOVDQU 32(SI)(DX*1), Y1
	VMOVDQU (R8)(DX*1), Y2
	VMOVDQU 32(R8)(DX*1), Y3
	VPAND   Y0, Y2, Y4
	VPAND   Y1, Y3, Y5
	VPANDN  Y2, Y0, Y6
	VPANDN  Y3, Y1, Y7
	VMOVDQU Y4, (DI)(DX*1)
	VMOVDQU Y5, 32(DI)(DX*1)
	VMOVDQU Y6, (R9)(DX*1)
	VMOVDQU Y7, 32(R9)(DX*1)
	ADDQ    $64, DX
	SUBQ    $8, CX
	JMP     wide

single:
	TESTQ CX, CX
	JEQ   done
	MOVQ  (SI)(DX*1), AX
	MOVQ  (R8)(DX*1), BX
	MOVQ  BX, R10
	ANDQ  AX, R10
	NOTQ  AX
	ANDQ  AX, BX
	MOVQ  R10, (DI)(DX*1)
	MOVQ  BX, (R9)(DX*1)
	ADDQ  $8, DX
	DECQ  CX
	JMP   single

done:
	VZEROUPPER
	RET

// func narrowAVX2(clean, may, found, yes, no Set, reach uint64) bool
//
// found = found&yes | clean&no&reach; may = may&^no; clean = clean&yes; is anything in may or found?
TEXT ·narrowAVX2(SB), NOSPLIT, $0-129
	MOVQ clean_base+0(FP), DI
	MOVQ clean_len+8(FP), CX
	MOVQ may_base+24(FP), SI
	MOVQ found_base+48(FP), R8
	MOVQ yes_base+72(FP), R9
	MOVQ no_base+96(FP), R10
	MOVQ reach+120(FP), R11
	VPBROADCASTQ reach+120(FP), Y15
	VPXOR Y8, Y8, Y8
	XORL  AX, AX
	XORL  DX, DX

wide:
	CMPQ CX, $8
	JLT  single
	VMOVDQU (DI)(DX*1), Y0
	VMOVDQU 32(DI)(DX*1), Y1
	VMOVDQU (R9)(DX*1), Y2
	VMOVDQU 32(R9)(DX*1), Y3
	VMOVDQU (R10)(DX*1), Y4
	VMOVDQU 32(R10)(DX*1), Y5
	VPAND   (R8)(DX*1), Y2, Y6
	VPAND   32(R8)(DX*1), Y3, Y7
	VPAND   Y0, Y2, Y2
	VPAND   Y1, Y3, Y3
	VPAND   Y0, Y4, Y9
	VPAND   Y1, Y5, Y10
	VPAND   Y9, Y15, Y9
	VPAND   Y10, Y15, Y10
	VPANDN  (SI)(DX*1), Y4, Y4
	VPANDN  32(SI)(DX*1), Y5, Y5
	VPOR    Y6, Y9, Y6
	VPOR    Y7, Y10, Y7
	VMOVDQU Y2, (DI)(DX*1)
	VMOVDQU Y3, 32(DI)(DX*1)
	VMOVDQU Y4, (SI)(DX*1)
	VMOVDQU Y5, 32(SI)(DX*1)
	VMOVDQU Y6, (R8)(DX*1)
	VMOVDQU Y7, 32(R8)(DX*1)
	VPOR    Y4, Y5, Y11
	VPOR    Y6, Y7, Y12
	VPOR    Y11, Y8, Y8
	VPOR    Y12, Y8, Y8
	ADDQ    $64, DX
	SUBQ    $8, CX
	JMP     wide

single:
	TESTQ CX, CX
	JEQ   done
	MOVQ  (R9)(DX*1), BX      // yes
	MOVQ  (R10)(DX*1), R12    // no
	MOVQ  (DI)(DX*1), R13     // clean
	MOVQ  (R8)(DX*1), R15     // found
	ANDQ  BX, R15
	ANDQ  R13, BX
	MOVQ  BX, (DI)(DX*1)
	ANDQ  R12, R13
	ANDQ  R11, R13
	ORQ   R13, R15
	MOVQ  R15, (R8)(DX*1)
	NOTQ  R12
	ANDQ  (SI)(DX*1), R12
	MOVQ  R12, (SI)(DX*1)
	ORQ   R15, AX
	ORQ   R12, AX
	ADDQ  $8, DX
	DECQ  CX
	JMP   single

done:
	ANY(ret+128(FP))
