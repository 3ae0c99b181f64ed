package io.millrace.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter in short, for the report of a run: a look at what is wrong, not what is kept of it. Keys and headers of records are not in it.
 *
 * @param stage where the row failed: {@code decode}, {@code strategy}, {@code expectation}, {@code schema}, {@code sink}
 * @param reasonCode why, as a word for programs
 * @param reason why, as a sentence, of which the end may be cut off; null where there is none
 * @param from where it comes from: {@code topic/partition/offset}, or the file, with {@code :position} where that is known; null where nobody knows
 * @param value how the original begins: as text, or in hexadecimal after {@code 0x} where it is no UTF-8; the row as JSON where the original is lost;
 *     null where there is no value
 */
public record DeadLetterSample(
        String stage, String reasonCode, @Nullable String reason, @Nullable String from, @Nullable String value) {

    static final int MOST_OF_A_REASON = 3;
    static final int MOST = 10;

    /** Returns the first ones of some and then others: a few for each reason code, and not many in all. */
    static List<DeadLetterSample> first(List<DeadLetterSample> some, List<DeadLetterSample> others) {
        List<DeadLetterSample> first = new ArrayList<>();
        Map<String, Integer> ofReason = new HashMap<>();
        for (DeadLetterSample each :
                Stream.of(some, others).flatMap(List::stream).distinct().toList()) {
            if (first.size() < MOST && ofReason.merge(each.reasonCode(), 1, Integer::sum) <= MOST_OF_A_REASON) {
                first.add(each);
            }
        }
        return List.copyOf(first);
    }
}
