package io.millrace.cli.internal.pipegraph;

import io.millrace.cli.internal.command.JsonOutputOption;
import io.millrace.cli.internal.terminal.AlignedTable;
import io.millrace.cli.internal.terminal.AlignedTable.Align;
import io.millrace.cli.internal.terminal.JsonLines;
import io.millrace.cli.internal.terminal.Style;
import io.millrace.cli.internal.terminal.Terminal;
import io.millrace.config.MillraceException;
import io.millrace.plan.PluginRegistry;
import io.millrace.spi.ModelPlugin;
import io.millrace.spi.OptionDescription;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "describe", description = "Show what a product is, and every setting of its models.")
public final class DescribeCommand implements Runnable {

    private final Terminal terminal;

    @Mixin
    private final JsonOutputOption output = new JsonOutputOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "PRODUCT",
            description = "Such as parallelWrite or files; without it, all products.")
    private @Nullable String product;

    public DescribeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void run() {
        PluginRegistry registry = PluginRegistry.ofClassPath();
        Map<String, ModelPlugin> plugins = registry.products();
        if (product == null) {
            all(plugins);
            return;
        }
        ModelPlugin plugin = plugins.get(product);
        if (plugin == null) {
            throw MillraceException.user(registry.unknown(product));
        }
        if (output.json()) {
            JsonLines lines = new JsonLines(terminal.out());
            lines.write(fields(plugin));
            plugin.options().forEach(option -> lines.write(fields(plugin, option)));
        } else {
            inText(plugin);
        }
    }

    private void all(Map<String, ModelPlugin> plugins) {
        if (output.json()) {
            JsonLines lines = new JsonLines(terminal.out());
            plugins.values().forEach(plugin -> lines.write(fields(plugin)));
            return;
        }
        AlignedTable table = new AlignedTable(Align.LEFT, Align.LEFT);
        plugins.values().forEach(plugin -> table.row(terminal.style().strong(plugin.product()), plugin.description()));
        table.lines().forEach(terminal.out()::println);
        terminal.out().println();
        terminal.out().println("next: millrace describe PRODUCT");
    }

    private void inText(ModelPlugin plugin) {
        Style style = terminal.style();
        terminal.out().println(style.strong(plugin.product()) + "  " + plugin.description());
        terminal.out().println();
        AlignedTable table = new AlignedTable(Align.LEFT, Align.LEFT, Align.LEFT);
        table.row(style.faint("SETTING"), style.faint("TYPE"), style.faint("DEFAULT"));
        for (OptionDescription option : plugin.options()) {
            table.row(style.strong(option.name()), option.type(), option.standard());
        }
        Iterator<String> rows = table.lines().iterator();
        terminal.out().println(rows.next());
        for (OptionDescription option : plugin.options()) {
            terminal.out().println(rows.next());
            terminal.out().println("    " + option.meaning());
        }
    }

    private static Map<String, Object> fields(ModelPlugin plugin) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "product");
        fields.put("product", plugin.product());
        fields.put("description", plugin.description());
        return fields;
    }

    private static Map<String, Object> fields(ModelPlugin plugin, OptionDescription option) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", "setting");
        fields.put("product", plugin.product());
        fields.put("setting", option.name());
        fields.put("value_type", option.type());
        fields.put("default", option.standard());
        fields.put("meaning", option.meaning());
        fields.put("secret", option.secret());
        return fields;
    }
}
