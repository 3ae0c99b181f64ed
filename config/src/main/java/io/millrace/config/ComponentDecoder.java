package io.millrace.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decodes a section into a user's record: one key for each component, named in kebab-case. */
final class ComponentDecoder {

    private ComponentDecoder() {}

    static <R extends Record> Optional<R> decode(ConfigSection section, Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(section, kebab(components[i].getName()), components[i].getGenericType());
        }
        return section.build(() -> create(type, components, values));
    }

    private static @Nullable Object value(ConfigSection section, String key, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type argument = generic.getActualTypeArguments()[0];
            if (generic.getRawType() == Optional.class && argument instanceof Class<?> inner) {
                return optional(section, key, inner);
            }
            if (generic.getRawType() == List.class && argument == String.class) {
                return section.strings(key);
            }
            if (generic.getRawType() == List.class && argument instanceof Class<?> element && element.isRecord()) {
                return records(section, key, element.asSubclass(Record.class));
            }
            if (generic.getRawType() == Map.class
                    && Arrays.equals(generic.getActualTypeArguments(), new Type[] {String.class, String.class})) {
                return section.stringMap(key);
            }
        }
        if (!(type instanceof Class<?> plain)) {
            throw unsupported(type);
        }
        Optional<?> value = optional(section, key, plain);
        if (value.isEmpty() && !section.has(key)) {
            section.problem(key, "is missing");
        }
        return value.orElse(null);
    }

    private static <R extends Record> List<R> records(ConfigSection section, String key, Class<R> type) {
        return section.sections(key).stream()
                .flatMap(element -> decode(element, type).stream())
                .toList();
    }

    private static Optional<?> optional(ConfigSection section, String key, Class<?> type) {
        if (type == String.class) {
            return section.optionalString(key);
        }
        if (type == boolean.class || type == Boolean.class) {
            return section.optionalBoolean(key);
        }
        if (type == double.class || type == Double.class) {
            return section.optionalDouble(key);
        }
        if (type == long.class || type == Long.class) {
            return section.optionalLong(key);
        }
        if (type == int.class || type == Integer.class) {
            return wholeInt(section, key);
        }
        if (type == Duration.class) {
            return section.optionalDuration(key);
        }
        if (type.isEnum()) {
            return enumeration(section, key, type);
        }
        if (type.isRecord()) {
            return section.optionalSection(key).flatMap(inner -> decode(inner, type.asSubclass(Record.class)));
        }
        throw unsupported(type);
    }

    private static Optional<Integer> wholeInt(ConfigSection section, String key) {
        Optional<Long> value = section.optionalLong(key);
        if (value.isPresent() && value.get() != value.get().intValue()) {
            section.problem(key, "must be a whole number of 32 bits, not " + value.get());
            return Optional.empty();
        }
        return value.map(Long::intValue);
    }

    private static <E extends Enum<E>> Optional<?> enumeration(ConfigSection section, String key, Class<?> type) {
        @SuppressWarnings("unchecked") // the caller has checked that it is an enum
        Class<E> constants = (Class<E>) type;
        return section.optionalEnum(key, constants);
    }

    private static <R extends Record> R create(Class<R> type, RecordComponent[] components, @Nullable Object[] values) {
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<R> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true); // a record nested in a user's class need not be public
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            Throwable cause = refused.getCause();
            throw new IllegalArgumentException(String.valueOf(cause == null ? refused : cause.getMessage()), refused);
        } catch (ReflectiveOperationException | RuntimeException impossible) {
            throw MillraceException.plugin(
                    "cannot create the configuration record " + type.getName() + ": " + impossible.getMessage(),
                    impossible);
        }
    }

    private static MillraceException unsupported(Type type) {
        return MillraceException.plugin(
                "a configuration record cannot have a component of type " + type.getTypeName()
                        + "; use text, numbers, booleans, Duration, enums, records, Optional of those, lists of text or of records, or Map<String, String>",
                null);
    }

    /** {@code maxRetries} becomes {@code max-retries}. */
    private static String kebab(String component) {
        return component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
