package io.millrace.parallelwrite;

import io.millrace.catalog.ParallelWriteModelSerde;
import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;
import io.millrace.config.Option;
import io.millrace.spi.OptionDescription;
import java.util.List;
import java.util.stream.Stream;

/** The settings of a model of the product, those of each writer type too. */
final class ParallelWriteOptions {

    static final List<OptionDescription> ALL = Stream.of(
                    below("writerDetails", ParallelWriteModelSerde.writerOptions()),
                    upsert(),
                    below("entityDetails", ParallelWriteModelSerde.entityOptions()))
            .flatMap(each -> each)
            .toList();

    private ParallelWriteOptions() {}

    private static Stream<OptionDescription> below(String key, List<Option<?>> options) {
        return OptionDescription.below(key, OptionDescription.of(options)).stream();
    }

    /** Those of an upsert but for the manifest, which is there already. */
    private static Stream<OptionDescription> upsert() {
        return Stream.of(UpsertSetting.values())
                .filter(setting -> setting != UpsertSetting.SYMLINK_MANIFEST)
                .map(setting -> new OptionDescription(
                        "writerDetails." + setting.key(Spelling.CAMEL),
                        setting.type(Spelling.CAMEL),
                        setting.standard(Spelling.CAMEL).replace("required", "required for continuousUpdate"),
                        "Of writerType continuousUpdate: " + lowered(setting.meaning())));
    }

    private static String lowered(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
