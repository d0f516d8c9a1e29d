-- Exact numbers. A fraction is {n, d} of HUGEINT with d > 0; {-1, 0} and {1, 0} are the ends of what has none.
CREATE MACRO fr(p, q) AS {'n': (p)::HUGEINT, 'd': (q)::HUGEINT};
CREATE MACRO reduced(p, q) AS {'n': (p) // gcd(p, q), 'd': (q) // gcd(p, q)};
CREATE MACRO flt(a, b) AS CASE WHEN a.d = 0 AND b.d = 0 THEN a.n < b.n ELSE a.n * b.d < b.n * a.d END;
CREATE MACRO fle(a, b) AS CASE WHEN a.d = 0 AND b.d = 0 THEN a.n <= b.n ELSE a.n * b.d <= b.n * a.d END;
CREATE MACRO fmin(a, b) AS CASE WHEN flt(b, a) THEN b ELSE a END;
CREATE MACRO fmax(a, b) AS CASE WHEN flt(a, b) THEN b ELSE a END;
CREATE MACRO fneg(a) AS {'n': -a.n, 'd': a.d};
CREATE MACRO fadd(a, b) AS CASE WHEN a.d = 0 THEN a WHEN b.d = 0 THEN b WHEN a.d = b.d THEN reduced(a.n + b.n, a.d)
    ELSE reduced(a.n * b.d + b.n * a.d, a.d * b.d) END;
-- 0 times no end is 0: an unknown is some number.
CREATE MACRO fmul(a, b) AS CASE WHEN a.n = 0 OR b.n = 0 THEN fr(0, 1) WHEN a.d = 0 OR b.d = 0 THEN fr(sign(a.n) * sign(b.n), 0)
    ELSE reduced(a.n * b.n, a.d * b.d) END;
CREATE MACRO finv(a) AS CASE WHEN a.d = 0 THEN fr(0, 1) WHEN a.n < 0 THEN {'n': -a.d, 'd': -a.n} ELSE {'n': a.d, 'd': a.n} END;
-- Dates are days since 1970-01-01. Months go first, month ends clamp.
CREATE MACRO shifted(a, months, days) AS CASE WHEN a.d = 0 THEN a
    ELSE fr((DATE '1970-01-01' + a.n::INTEGER + to_months(months))::DATE - DATE '1970-01-01' + days, 1) END;
