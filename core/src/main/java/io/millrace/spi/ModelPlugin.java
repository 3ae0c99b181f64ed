package io.millrace.spi;

import java.util.List;

/** A plugin of a product; plugins implement {@link SourcePlugin}, {@link SinkPlugin} or both. Found by {@link java.util.ServiceLoader}. */
public interface ModelPlugin {

    /** Returns the product's name, as it stands in a model. */
    String product();

    /** Returns one sentence: what it reads or writes. */
    String description();

    /** Returns every setting of a model's value. */
    List<OptionDescription> options();
}
