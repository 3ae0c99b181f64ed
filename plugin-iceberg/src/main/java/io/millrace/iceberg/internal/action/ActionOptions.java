package io.millrace.iceberg.internal.action;

import io.millrace.config.ConfigSection;
import io.millrace.internal.spark.sql.SqlSyntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The settings of an action on a table. A key may be written in any of the spellings of the field: {@code older-than}, {@code olderThan}, {@code
 * older_than}; some have a second name too, by which other tools know them.
 */
final class ActionOptions {

    private final ConfigSection section;
    private final Set<String> repeated = new HashSet<>();

    ActionOptions(ConfigSection section) {
        this.section = section;
    }

    Optional<String> text(String key, String... others) {
        return section.optionalString(written(key, others));
    }

    /** Returns a text that has to be there. */
    String required(String key, String... others) {
        return section.string(written(key, others));
    }

    boolean isTrue(String key, String... others) {
        return section.optionalBoolean(written(key, others)).orElse(false);
    }

    OptionalInt positive(String key, String... others) {
        Optional<Integer> number = section.optionalPositiveInt(written(key, others));
        return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
    }

    Optional<Long> number(String key, String... others) {
        return section.optionalLong(written(key, others));
    }

    Map<String, String> texts(String key) {
        return section.stringMap(written(key));
    }

    <E extends Enum<E>> Optional<E> oneOf(Class<E> type, String key) {
        return section.optionalEnum(written(key), type);
    }

    Optional<PointInTime> pointInTime(String key, String... others) {
        String name = written(key, others);
        return section.optionalString(name).flatMap(text -> {
            Optional<PointInTime> pointInTime = PointInTime.parse(text);
            if (pointInTime.isEmpty()) {
                section.problem(
                        name,
                        "must be a time such as 2024-01-31T00:00:00Z, milliseconds since 1970, or an age such as 7d, not"
                                + " \"" + text + "\"");
            }
            return pointInTime;
        });
    }

    /** Returns numbers: a list of them, or a single one. */
    List<Long> numbers(String key, String... others) {
        String name = written(key, others);
        if (section.raw(name).filter(value -> !value.isArray()).isPresent()) {
            return section.optionalLong(name).stream().toList();
        }
        List<Long> numbers = new ArrayList<>();
        for (String text : section.strings(name)) {
            try {
                numbers.add(Long.parseLong(text.strip()));
            } catch (NumberFormatException wrong) {
                section.problem(name, "must be whole numbers, not \"" + text + "\"");
            }
        }
        return numbers;
    }

    /** Returns a condition in SQL, whose syntax is checked. */
    Optional<String> condition(String key, String... others) {
        Optional<String> condition = text(key, others);
        condition.ifPresent(sql -> check(sql, written(key, others)));
        return condition;
    }

    private void check(String sql, String key) {
        try {
            SqlSyntax.expression(sql);
        } catch (SqlSyntax.SyntaxException wrong) {
            section.problem(key, wrong.getMessage());
        }
    }

    void problem(String key, String message) {
        section.problem(written(key), message);
    }

    /** Ends the decoding, as {@link ConfigSection#build} does. */
    <T> Optional<T> build(Supplier<T> factory) {
        return section.build(factory);
    }

    /** Returns the key as it is written; the first name where it is not. */
    private String written(String key, String... others) {
        List<String> names = Stream.concat(Stream.of(key), Stream.of(others))
                .map(ActionOptions::plain)
                .toList();
        List<String> found = section.keys().stream()
                .filter(candidate -> names.contains(plain(candidate)))
                .toList();
        for (String further : found.subList(Math.min(1, found.size()), found.size())) {
            if (section.has(further) && repeated.add(further)) {
                section.problem(further, "says the same as " + found.get(0) + "; write one of the two");
            }
        }
        return found.isEmpty() ? key : found.get(0);
    }

    private static String plain(String key) {
        return key.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }
}
