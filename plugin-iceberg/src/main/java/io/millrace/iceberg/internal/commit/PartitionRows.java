package io.millrace.iceberg.internal.commit;

import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.UnboundTerm;
import org.apache.iceberg.transforms.PartitionSpecVisitor;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.util.NaNUtil;

/**
 * Which rows belong to a partition, by the columns it is made of: so they can be told in files that are partitioned otherwise, too. A time is a range
 * of moments, which the statistics of every file can be compared with.
 */
final class PartitionRows implements PartitionSpecVisitor<Function<Object, Expression>> {

    private static final LocalDateTime EPOCH = LocalDateTime.of(1970, 1, 1, 0, 0);

    private final PartitionSpec spec;

    private PartitionRows(PartitionSpec spec) {
        this.spec = spec;
    }

    /** Returns the condition that the rows of a partition meet, and no others. */
    static Expression of(PartitionSpec spec, StructLike partition) {
        List<Function<Object, Expression>> fields = PartitionSpecVisitor.visit(spec, new PartitionRows(spec));
        Expression rows = Expressions.alwaysTrue();
        for (int i = 0; i < fields.size(); i++) {
            rows = Expressions.and(rows, fields.get(i).apply(partition.get(i, Object.class)));
        }
        return rows;
    }

    @Override
    public Function<Object, Expression> identity(String column, int id) {
        return orNull(
                column, value -> NaNUtil.isNaN(value) ? Expressions.isNaN(column) : Expressions.equal(column, value));
    }

    @Override
    public Function<Object, Expression> bucket(String column, int id, int buckets) {
        return orNull(column, value -> Expressions.equal(Expressions.bucket(column, buckets), value));
    }

    @Override
    public Function<Object, Expression> truncate(String column, int id, int width) {
        return orNull(column, value -> Expressions.equal(Expressions.truncate(column, width), value));
    }

    @Override
    public Function<Object, Expression> year(String column, int id) {
        return time(column, id, ChronoUnit.YEARS, Expressions.year(column));
    }

    @Override
    public Function<Object, Expression> month(String column, int id) {
        return time(column, id, ChronoUnit.MONTHS, Expressions.month(column));
    }

    @Override
    public Function<Object, Expression> day(String column, int id) {
        return time(column, id, ChronoUnit.DAYS, Expressions.day(column));
    }

    @Override
    public Function<Object, Expression> hour(String column, int id) {
        return time(column, id, ChronoUnit.HOURS, Expressions.hour(column));
    }

    @Override
    public Function<Object, Expression> alwaysNull(int fieldId, String column, int id) {
        return value -> Expressions.alwaysTrue();
    }

    private Function<Object, Expression> time(String column, int id, ChronoUnit unit, UnboundTerm<Object> term) {
        TypeID type = spec.schema().findType(id).typeId();
        return orNull(column, value -> {
            LocalDateTime from = EPOCH.plus((int) value, unit);
            LocalDateTime until = from.plus(1, unit);
            return switch (type) {
                case DATE -> between(column, days(from), days(until));
                case TIMESTAMP -> between(column, micros(from), micros(until));
                default -> Expressions.equal(term, value);
            };
        });
    }

    private static <T> Expression between(String column, T from, T until) {
        return Expressions.and(Expressions.greaterThanOrEqual(column, from), Expressions.lessThan(column, until));
    }

    private static Integer days(LocalDateTime time) {
        return Math.toIntExact(ChronoUnit.DAYS.between(EPOCH, time));
    }

    private static Long micros(LocalDateTime time) {
        return ChronoUnit.MICROS.between(EPOCH, time);
    }

    private static Function<Object, Expression> orNull(String column, Function<Object, Expression> rows) {
        return value -> value == null ? Expressions.isNull(column) : rows.apply(value);
    }
}
