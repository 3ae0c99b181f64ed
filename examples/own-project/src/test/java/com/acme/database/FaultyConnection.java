package com.acme.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection to a database that breaks at its commit, or when it is closed. */
final class FaultyConnection {

    /** What goes wrong. */
    enum Fault {
        /** The commit does not reach the database. */
        COMMIT_LOST,
        /** The database commits, and its answer does not come back. */
        ANSWER_LOST,
        /** The process dies before its commit. */
        DEATH_BEFORE,
        /** The process dies when the database has committed. */
        DEATH_AFTER,
        /** The connection cannot be closed. */
        CLOSE_FAILS
    }

    private FaultyConnection() {}

    static Connection to(Database database, Fault fault) throws SQLException {
        Connection real = database.open();
        return (Connection) Proxy.newProxyInstance(
                FaultyConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    boolean commits = method.getName().equals("commit");
                    if (commits && (fault == Fault.COMMIT_LOST || fault == Fault.DEATH_BEFORE)) {
                        real.close();
                        throw broken(fault);
                    }
                    Object answer = invoked(() -> method.invoke(real, arguments));
                    if (commits && (fault == Fault.ANSWER_LOST || fault == Fault.DEATH_AFTER)) {
                        real.close();
                        throw broken(fault);
                    }
                    if (method.getName().equals("close") && fault == Fault.CLOSE_FAILS) {
                        throw broken(fault);
                    }
                    return answer;
                });
    }

    private static Throwable broken(Fault fault) {
        return fault.name().startsWith("DEATH")
                ? new StackOverflowError("the process is dead")
                : new SQLException("the line is dead");
    }

    private interface Call {
        Object invoke() throws IllegalAccessException, InvocationTargetException;
    }

    private static Object invoked(Call call) throws Throwable {
        try {
            return call.invoke();
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }
}
