package io.millrace.testkit;

import io.millrace.config.MillraceException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The tables of the product {@code memory} during one test: {@code @ExtendWith(Memory.Extension.class)} and a parameter of type {@link Memory} of
 * the test method. A pipegraph that is planned in the test's thread finds them: they come with that thread's context class loader.
 */
public final class Memory {

    private final Map<String, MemoryTable> tables = new ConcurrentHashMap<>();

    Memory() {}

    /**
     * Makes an empty table.
     *
     * @param ddl its columns, as in CREATE TABLE
     */
    public MemoryTable create(String name, String ddl) {
        return create(name, StructType.fromDDL(ddl));
    }

    /** Makes an empty table. */
    public MemoryTable create(String name, StructType columns) {
        MemoryTable table = new MemoryTable(columns);
        tables.put(name, table);
        return table;
    }

    MemoryTable table(String name) {
        MemoryTable table = tables.get(name);
        if (table == null) {
            throw MillraceException.user("memory has no table " + name + "; known: " + tables.keySet());
        }
        return table;
    }

    /** Returns the tables that come with a class loader, as a plan context has it. */
    static Memory in(ClassLoader loader) {
        for (ClassLoader each = loader; each != null; each = each.getParent()) {
            if (each instanceof Loader carrier) {
                return carrier.memory;
            }
        }
        throw MillraceException.user("product memory works only in tests with @ExtendWith(Memory.Extension.class)");
    }

    /** Gives each test method a memory of its own. */
    public static final class Extension implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Memory.class);

        /** Called by JUnit. */
        public Extension() {}

        @Override
        public void beforeEach(ExtensionContext context) {
            Loader loader = new Loader(Thread.currentThread().getContextClassLoader());
            context.getStore(NAMESPACE).put(Loader.class, loader);
            Thread.currentThread().setContextClassLoader(loader);
        }

        @Override
        public void afterEach(ExtensionContext context) {
            Thread.currentThread().setContextClassLoader(loader(context).getParent());
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Memory.class;
        }

        @Override
        public Memory resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return loader(context).memory;
        }

        private static Loader loader(ExtensionContext context) {
            Loader loader = context.getStore(NAMESPACE).get(Loader.class, Loader.class);
            if (loader == null) {
                throw new IllegalStateException("a Memory belongs to one test method: take it as its parameter");
            }
            return loader;
        }
    }

    /** Finds what its parent finds, and carries the tables. */
    private static final class Loader extends ClassLoader {

        private final Memory memory = new Memory();

        Loader(ClassLoader parent) {
            super("memory", parent);
        }
    }
}
