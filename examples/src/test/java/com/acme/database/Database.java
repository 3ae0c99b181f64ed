package com.acme.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** A database and who writes to it. */
record Database(String url, String user, String password) {

    Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Returns what Spark's JDBC source wants. */
    Properties properties() {
        Properties properties = new Properties();
        properties.put("user", user);
        properties.put("password", password);
        return properties;
    }

    /** Leaves out whatever may hold a secret. */
    @Override
    public String toString() {
        return url.replaceFirst("[;?].*", "");
    }
}
