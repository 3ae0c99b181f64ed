package io.millrace.spi;

import io.millrace.config.Option;
import java.util.List;

/**
 * One setting of a product, for {@code describe} and the reference. An {@link Option} describes itself.
 *
 * @param name the key, with dots inside objects
 * @param type what may be written, such as {@code text}, {@code list of texts}, {@code append | overwrite}
 * @param standard what holds when it is absent: the default's text, {@code required}, or empty for none
 * @param meaning one sentence
 * @param secret whether its value is a secret
 */
public record OptionDescription(String name, String type, String standard, String meaning, boolean secret) {

    /** A setting that is no secret. */
    public OptionDescription(String name, String type, String standard, String meaning) {
        this(name, type, standard, meaning, false);
    }

    /** Returns what options say of themselves, in their order. */
    public static List<OptionDescription> of(Option<?>... options) {
        return of(List.of(options));
    }

    /** Returns what options say of themselves, in their order. */
    public static List<OptionDescription> of(List<Option<?>> options) {
        return options.stream()
                .map(option -> new OptionDescription(
                        option.name(), option.type(), option.standard(), option.meaning(), option.secret()))
                .toList();
    }

    /** Returns the same settings, of an object under a key. */
    public static List<OptionDescription> below(String key, List<OptionDescription> options) {
        return options.stream()
                .map(each -> new OptionDescription(
                        key + "." + each.name, each.type, each.standard, each.meaning, each.secret))
                .toList();
    }
}
