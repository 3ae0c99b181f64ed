package io.millrace.spi.upsert;

import io.millrace.spi.OptionDescription;
import io.millrace.spi.PlanContext;
import java.util.List;

/** Does upserts for the products that offer {@code save-mode = upsert}. Found by {@link java.util.ServiceLoader}; has a public constructor without parameters and no state. */
public interface UpsertPlugin {

    /** Returns every setting of an upsert into tables of a format. */
    List<OptionDescription> options(TableFormat format);

    /**
     * Decodes the settings of a model that upserts, which stand among those of its product. Notes what is wrong with them on the context's value;
     * the product ends its decoding.
     *
     * @param context of a model that is written or read
     */
    UpsertSettings decode(PlanContext context, TableFormat format);
}
