package io.millrace.latedata;

import io.millrace.model.LateData;
import io.millrace.slices.SliceEntry;
import io.millrace.slices.SliceLedger;
import io.millrace.slices.SliceRules;
import io.millrace.spi.Slice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table is read as of the version at which a slice was claimed; a slice that is done has earlier ones run again that changed meanwhile. */
final class LateDataRules implements SliceRules {

    private final LateData how;
    private final PartitionSlices slices;
    private final ChangeIndexes indexes;

    LateDataRules(LateData how, PartitionSlices slices, ChangeIndexes indexes) {
        this.how = how;
        this.slices = slices;
        this.indexes = indexes;
    }

    @Override
    public Optional<SliceLedger.Pin> pin() {
        return Optional.of(new SliceLedger.Pin() {
            @Override
            public String model() {
                return how.input();
            }

            @Override
            public String newest() {
                return indexes.table().newest();
            }

            @Override
            public boolean readable(String version) {
                return indexes.table().readable(version);
            }
        });
    }

    /** Two that are done at once would have the same slices run again, and the later one would find them first. */
    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public Map<Slice, String> requests(SliceEntry done, List<SliceEntry> all) {
        ChangeIndex index = indexes.newest();
        Map<Slice, String> late = LateSlices.of(
                all,
                DueSlices.changed(index, slices),
                indexes::number,
                slice -> slices.compare(slice, done.slice()) < 0
                        && !PartitionSlices.tooOld(
                                slices.partition(slice), slices.partition(done.slice()), how.lookBack()));
        Map<Slice, String> first = new LinkedHashMap<>();
        late.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(slices::compare))
                .limit(how.maxBackfills().orElse(Integer.MAX_VALUE))
                .forEach(each -> first.put(each.getKey(), each.getValue()));
        return first;
    }
}
