package com.acme.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

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

    /** Returns the columns of a table. Spark says all may be NULL; the database knows better. */
    StructType columns(SparkSession session, Connection connection, String table) throws SQLException {
        ResultSetMetaData known = connection
                .createStatement()
                .executeQuery("SELECT * FROM " + table + " WHERE 1 = 0")
                .getMetaData();
        StructType columns = new StructType();
        for (StructField column :
                session.read().jdbc(url, table, properties()).schema().fields()) {
            boolean nullable = known.isNullable(columns.length() + 1) != ResultSetMetaData.columnNoNulls;
            columns = columns.add(column.name(), column.dataType(), nullable);
        }
        return columns;
    }

    /** Leaves out whatever may hold a secret. */
    @Override
    public String toString() {
        return url.replaceFirst("[;?].*", "");
    }
}
