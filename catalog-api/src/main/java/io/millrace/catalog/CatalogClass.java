package io.millrace.catalog;

import io.millrace.config.ConfigDocument;
import io.millrace.config.MillraceException;
import io.millrace.config.Problem;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.List;

/** The one place with reflection: makes a catalog of the class a user named. Every way to fail has a message of its own and keeps its cause. */
final class CatalogClass {

    private static final String SETTING = EntityCatalogLoader.PATH + ".catalog-class";
    private static final String WANTED = EntityCatalogConfiguration.class.getName();

    private final String name;
    private final ConfigDocument document;

    CatalogClass(String name, ConfigDocument document) {
        this.name = name;
        this.document = document;
    }

    EntityCatalogConfiguration configured(ClassLoader classes) {
        EntityCatalogConfiguration catalog = constructed(constructor(subclass(found(classes))));
        try {
            catalog.configure(document.config());
        } catch (MillraceException refused) {
            throw refused.problems().isEmpty()
                    ? failed("refused its configuration: " + refused.getMessage(), refused)
                    : refused;
        } catch (RuntimeException thrown) {
            throw failed("failed to configure itself: " + thrown, thrown);
        }
        return catalog;
    }

    private Class<?> found(ClassLoader classes) {
        try {
            return Class.forName(name, false, classes);
        } catch (ClassNotFoundException missing) {
            throw failed("not found; check the name, and that its jar is on the classpath (--jars)", missing);
        } catch (LinkageError broken) {
            throw failed("cannot be loaded: " + broken, broken);
        }
    }

    private Class<? extends EntityCatalogConfiguration> subclass(Class<?> type) {
        try {
            return type.asSubclass(EntityCatalogConfiguration.class);
        } catch (ClassCastException other) {
            throw failed("does not extend " + WANTED, other);
        }
    }

    private <T> Constructor<T> constructor(Class<T> type) {
        if (Modifier.isAbstract(type.getModifiers())) {
            throw failed("is abstract; name a class that can be constructed", new InstantiationException(name));
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            throw failed("is not public", new IllegalAccessException(name));
        }
        try {
            return type.getConstructor();
        } catch (NoSuchMethodException none) {
            throw failed("has no public constructor without arguments", none);
        }
    }

    private <T> T constructed(Constructor<T> constructor) {
        try {
            return constructor.newInstance();
        } catch (InvocationTargetException thrown) {
            Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
            throw failed("failed in its constructor: " + cause, cause);
        } catch (ReflectiveOperationException | LinkageError unusable) {
            throw failed("cannot be constructed: " + unusable, unusable);
        }
    }

    private MillraceException failed(String what, Throwable cause) {
        Problem problem = new Problem(
                document.sources().nearest(SETTING).orElse(null), SETTING, "class \"" + name + "\" " + what);
        return MillraceException.user(List.of(problem), cause);
    }
}
