package com.acme.database;

import io.millrace.config.ConfigSection;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.SinkPlugin;
import java.util.List;
import java.util.Optional;

/** Product {@code database}: rows are added to a table of a relational database. */
public final class DatabasePlugin implements SinkPlugin {

    @Override
    public String product() {
        return "database";
    }

    @Override
    public String description() {
        return "A table of a relational database, over JDBC.";
    }

    @Override
    public List<OptionDescription> options() {
        return List.of(
                new OptionDescription("url", "text", "required", "the database, as JDBC names it"),
                new OptionDescription("table", "text", "required", "a table that is there"),
                new OptionDescription("user", "text", "", "who writes"),
                new OptionDescription("password", "text", "", "the user's password"));
    }

    @Override
    public Optional<DatabaseSink> sink(OutputContext context) {
        ConfigSection value = context.value();
        String url = value.string("url");
        String table = value.string("table");
        Optional<String> user = value.optionalString("user");
        Optional<String> password = value.optionalString("password");
        if (!table.matches("\\w*")) {
            value.problem("table", "must be a plain name, not \"" + table + "\"");
        }
        return value.build(() -> new DatabaseSink(new Database(url, user.orElse(""), password.orElse("")), table));
    }
}
