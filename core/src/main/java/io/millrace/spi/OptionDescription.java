package io.millrace.spi;

/**
 * One setting of a product, for {@code describe} and the reference.
 *
 * @param name the key, with dots inside objects
 * @param type what may be written, such as {@code text}, {@code list of texts}, {@code append | overwrite}
 * @param standard what holds when it is absent: the default's text, {@code required}, or empty for none
 * @param meaning one sentence
 */
public record OptionDescription(String name, String type, String standard, String meaning) {}
