package com.acme.database;

import io.millrace.config.ConfigSection;
import io.millrace.config.Option;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.OutputContext;
import io.millrace.spi.SinkPlugin;
import java.util.List;
import java.util.Optional;

/** Product {@code database}: rows are added to a table of a relational database. */
public final class DatabasePlugin implements SinkPlugin {

    private static final Option<String> URL = Option.text("url").required("The database, as JDBC names it.");
    private static final Option<String> TABLE = Option.text("table").required("A table that is there.");
    private static final Option<String> USER = Option.text("user").byDefault("", "Who writes.");
    private static final Option<String> PASSWORD =
            Option.text("password").secret().byDefault("", "The user's password.");

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
        return OptionDescription.of(URL, TABLE, USER, PASSWORD);
    }

    @Override
    public Optional<DatabaseSink> sink(OutputContext context) {
        ConfigSection value = context.value();
        Optional<String> url = value.find(URL);
        Optional<String> table = value.find(TABLE);
        String user = value.get(USER);
        String password = value.get(PASSWORD);
        if (table.isPresent() && !table.get().matches("\\w+")) {
            value.problem(TABLE, "must be a plain name, not \"" + table.get() + "\"");
        }
        return value.build(
                () -> new DatabaseSink(new Database(url.orElseThrow(), user, password), table.orElseThrow()));
    }
}
