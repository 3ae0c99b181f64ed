package io.millrace.continuousupdate;

import io.millrace.catalog.Spelling;
import io.millrace.catalog.UpsertSetting;

/**
 * How messages speak of an upsert.
 *
 * @param table names its table, such as {@code entity sales/orders/v1}
 * @param spelling how its settings are written
 */
record UpsertWording(String table, Spelling spelling) {

    /** Returns the key of a setting. */
    String key(UpsertSetting setting) {
        return setting.key(spelling);
    }

    /** Returns the word of a policy. */
    String word(Enum<?> policy) {
        return spelling.word(policy);
    }
}
