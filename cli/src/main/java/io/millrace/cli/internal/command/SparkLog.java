package io.millrace.cli.internal.command;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** Sends what Spark logs to a file, so that the terminal shows what the user asked for. */
public final class SparkLog {

    private SparkLog() {}

    /**
     * To be called before the first class of Spark asks for a logger; its SQL parser does. Does nothing where something else decides: the
     * settings of a cluster under spark-submit, or the launcher, which gives quick commands no log at all.
     */
    public static void writeTo(LogFile log) {
        if (!SparkOptions.submitted() && System.getProperty("slf4j.provider") == null) {
            configure(log.path());
        }
    }

    private static void configure(Path file) {
        ConfigurationBuilder<BuiltConfiguration> builder = ConfigurationBuilderFactory.newConfigurationBuilder();
        AppenderComponentBuilder appender = builder.newAppender("file", "RollingFile")
                .addAttribute("fileName", file.toString())
                .addAttribute("filePattern", file + ".%i")
                .addAttribute("createOnDemand", true)
                .add(builder.newLayout("PatternLayout").addAttribute("pattern", "%d %-5level %logger{1}: %msg%n%ex"))
                .addComponent(builder.newComponent("Policies")
                        .addComponent(builder.newComponent("SizeBasedTriggeringPolicy")
                                .addAttribute("size", "20MB")))
                .addComponent(builder.newComponent("DefaultRolloverStrategy").addAttribute("max", 3));
        builder.setStatusLevel(Level.ERROR)
                .setConfigurationName("millrace")
                .add(appender)
                .add(builder.newLogger("io.millrace", Level.INFO))
                .add(builder.newRootLogger(Level.WARN).add(builder.newAppenderRef("file")));
        Configurator.reconfigure(builder.build());
    }
}
