package io.millrace.spi.upsert;

import io.millrace.config.AllowedWords;
import io.millrace.config.ConfigSection;
import io.millrace.config.MillraceException;
import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The upserts of products whose tables rows can be merged into: where their plugin is, and what holds without it. */
public final class Upserts {

    private static final String ARTIFACT = "io.millrace:millrace-plugin-continuous-update";
    private static final String SAVE_MODE = "save-mode";

    private Upserts() {}

    /** Returns every setting of an upsert into tables of a format; none where their plugin is not on the class path. */
    public static List<OptionDescription> options(TableFormat format) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return plugin(context == null ? Upserts.class.getClassLoader() : context)
                .map(plugin -> plugin.options(format))
                .orElse(List.of());
    }

    /**
     * Decodes the settings of a model that upserts, and notes those of one that does not.
     *
     * @param saveMode the model's {@code save-mode}; empty where it is not written, or no known word
     * @return empty where the model does not upsert, or the plugin is not on the class path, which is noted
     */
    public static Optional<UpsertSettings> decode(
            PlanContext context, TableFormat format, Optional<? extends Enum<?>> saveMode) {
        if (saveMode.filter(mode -> mode.name().equals("UPSERT")).isPresent()) {
            return decode(context, format);
        }
        List<String> settings =
                plugin(context.classLoader()).map(found -> found.options(format)).orElse(List.of()).stream()
                        .map(OptionDescription::name)
                        .filter(context.value().keys()::contains)
                        .toList();
        if (saveMode.isEmpty() && isGuessed(context.value())) {
            settings.forEach(context.value()::has); // which is right where the save mode is
        } else {
            settings.forEach(key -> context.value().instead(key, "is for save-mode = upsert"));
        }
        return Optional.empty();
    }

    private static boolean isGuessed(ConfigSection value) {
        return value.keys().stream()
                .anyMatch(key -> AllowedWords.same(key, SAVE_MODE) || AllowedWords.same(key, "mode"));
    }

    private static Optional<UpsertSettings> decode(PlanContext context, TableFormat format) {
        Optional<UpsertPlugin> plugin = plugin(context.classLoader());
        if (plugin.isEmpty()) {
            context.value()
                    .problem(
                            SAVE_MODE,
                            "upsert needs a module that is not on the class path; add the dependency " + ARTIFACT);
            context.value().acceptOtherKeys();
        }
        return plugin.map(found -> found.decode(context, format));
    }

    private static Optional<UpsertPlugin> plugin(ClassLoader classes) {
        try {
            return ServiceLoader.load(UpsertPlugin.class, classes).findFirst();
        } catch (ServiceConfigurationError broken) {
            throw MillraceException.plugin("the plugin of upserts cannot be loaded: " + broken.getMessage(), broken);
        }
    }
}
