package io.millrace.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes objects of classes that have factories and chained methods, so that each public method is called at least once. */
final class ProductMethodCalls {

    private ProductMethodCalls() {}

    /** Returns a new object for each factory of a class, and one for each of its methods, called after the first factory. */
    static List<Object> of(Class<?> type) {
        List<Supplier<Object>> made = methods(type)
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .flatMap(factory -> calls(factory, () -> type))
                .flatMap(start -> finished(start, type))
                .toList();
        Stream<Supplier<Object>> said = methods(type)
                .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getReturnType() == type)
                .flatMap(method -> calls(method, made.get(0)));
        return Stream.concat(made.stream(), said).map(Supplier::get).toList();
    }

    /** What a factory returns may be an object on the way, whose methods make what is wanted. */
    private static Stream<Supplier<Object>> finished(Supplier<Object> start, Class<?> type) {
        Class<?> made = start.get().getClass();
        return type.isAssignableFrom(made)
                ? Stream.of(start)
                : methods(made)
                        .filter(method -> method.getReturnType() == type)
                        .flatMap(method -> calls(method, start));
    }

    /** In the order of their names, without those that the compiler adds. */
    private static Stream<Method> methods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
                .sorted((one, other) -> one.toString().compareTo(other.toString()));
    }

    /** Returns as many calls of a method as there are samples of its parameters. */
    private static Stream<Supplier<Object>> calls(Method method, Supplier<Object> target) {
        List<List<Object>> samples = Stream.of(method.getGenericParameterTypes())
                .map(ProductMethodCalls::samples)
                .toList();
        int calls = samples.stream().mapToInt(List::size).max().orElse(1);
        List<Supplier<Object>> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            int call = i;
            Object[] arguments = samples.stream()
                    .map(each -> each.get(Math.min(call, each.size() - 1)))
                    .toArray();
            all.add(() -> called(method, target.get(), arguments));
        }
        return all.stream();
    }

    private static Object called(Method method, Object target, Object[] arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException threw) {
            throw new AssertionError(method + " threw " + threw.getCause(), threw.getCause());
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(method + " cannot be called", impossible);
        }
    }

    private static List<Object> samples(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            Object last = samples(arguments[arguments.length - 1]).get(0);
            return List.of(
                    generic.getRawType() == Map.class
                            ? Map.of(samples(arguments[0]).get(0), last)
                            : List.of(last));
        }
        if (!(type instanceof Class<?> plain) || plain == String.class || plain == Object.class) {
            return List.of("text");
        }
        if (plain == int.class || plain == Integer.class) {
            return List.of(1);
        }
        if (plain == long.class || plain == Long.class) {
            return List.of(1L);
        }
        if (plain == Duration.class) {
            return List.of(Duration.ofSeconds(1));
        }
        if (plain == String[].class) {
            return List.of((Object) new String[] {"text"});
        }
        return plain.isEnum() ? List.of(plain.getEnumConstants()) : of(plain);
    }
}
