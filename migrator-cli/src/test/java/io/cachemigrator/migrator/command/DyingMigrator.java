package io.cachemigrator.migrator.command;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/**
 * The command line, which kills itself with SIGKILL at a write of its journal: before the statement numbered {@code kill.at}, or with
 * {@code kill.after} when it was executed and its transaction is not ended. Renewing the lock does not count.
 */
public final class DyingMigrator {
    private static final AtomicLong WRITES = new AtomicLong();
    private static final long AT = Long.getLong("kill.at", 0);
    private static final boolean AFTER = Boolean.getBoolean("kill.after");

    private DyingMigrator() {}

    /** Runs a line. */
    public static void main(String[] arguments) throws SQLException {
        Driver real = DriverManager.getDriver("jdbc:sqlite:");
        DriverManager.deregisterDriver(real);
        DriverManager.registerDriver(new CountingDriver(real));
        Migrator.main(arguments);
    }

    private static void count(boolean executed) {
        if (executed == AFTER && (executed ? WRITES.get() : WRITES.get() + 1) == AT) {
            try {
                new ProcessBuilder(
                                "/bin/kill",
                                "-KILL",
                                String.valueOf(ProcessHandle.current().pid()))
                        .start();
            } catch (IOException e) {
                Runtime.getRuntime().halt(70);
            }
            while (true) {
                LockSupport.park();
            }
        }
    }

    private static Object counted(PreparedStatement statement, String sql) {
        boolean counts = !sql.contains("cm_lock");
        InvocationHandler handler = (proxy, method, arguments) -> {
            boolean write = counts && method.getName().equals("executeUpdate");
            try {
                if (!write) {
                    return method.invoke(statement, arguments);
                }
                count(false);
                Object result = method.invoke(statement, arguments);
                WRITES.incrementAndGet();
                count(true);
                return result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return Proxy.newProxyInstance(
                DyingMigrator.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, handler);
    }

    private static Connection counted(Connection connection) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(connection, arguments);
                return method.getName().equals("prepareStatement") && result instanceof PreparedStatement statement
                        ? counted(statement, (String) arguments[0])
                        : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Connection) Proxy.newProxyInstance(
                DyingMigrator.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    /** Another driver, whose connections count what is written. */
    private record CountingDriver(Driver real) implements Driver {
        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            Connection connection = real.connect(url, info);
            return connection == null ? null : counted(connection);
        }

        @Override
        public boolean acceptsURL(String url) throws SQLException {
            return real.acceptsURL(url);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
            return real.getPropertyInfo(url, info);
        }

        @Override
        public int getMajorVersion() {
            return real.getMajorVersion();
        }

        @Override
        public int getMinorVersion() {
            return real.getMinorVersion();
        }

        @Override
        public boolean jdbcCompliant() {
            return real.jdbcCompliant();
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger("journal");
        }
    }
}
