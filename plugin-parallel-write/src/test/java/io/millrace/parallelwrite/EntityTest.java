package io.millrace.parallelwrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.catalog.CatalogCoordinates;
import io.millrace.catalog.ContinuousUpdate;
import io.millrace.catalog.ParallelWrite;
import io.millrace.catalog.ParallelWriteModel;
import io.millrace.catalog.ParallelWriteModelSerde;
import io.millrace.catalog.SaveMode;
import io.millrace.catalog.WriterDetails;
import io.millrace.model.GenericModel;
import io.millrace.spi.OptionDescription;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EntityTest {

    private static final Entity.Coordinates ORDERS = Entity.of("sales", "orders", "v1");

    @Test
    void anEntityIsWrittenInItsWays() {
        assertThat(written(ORDERS.append())).isEqualTo(model(new ParallelWrite(SaveMode.APPEND)));
        assertThat(written(ORDERS.overwrite())).isEqualTo(model(new ParallelWrite(SaveMode.OVERWRITE)));
        assertThat(written(ORDERS.write(new ParallelWrite(SaveMode.IGNORE).withTargetFileSize(1_000))))
                .isEqualTo(model(new ParallelWrite(SaveMode.IGNORE).withTargetFileSize(1_000)));
        ContinuousUpdate update = new ContinuousUpdate(List.of("order_id"), "updated_at");
        assertThat(written(ORDERS.upsert(update))).isEqualTo(model(update));
        assertThat(written(ORDERS.upsert(ContinuousUpdate.on(List.of("order_id"), "updated_at"))))
                .isEqualTo(model(update));
    }

    @Test
    void everyOptionIsAComponentOfWhatIsSaidInJava() {
        Stream<String> components = Stream.of(
                        Stream.of("writerDetails.writerType"),
                        names("writerDetails.", ParallelWrite.class),
                        names("entityDetails.", CatalogCoordinates.class))
                .flatMap(each -> each);

        assertThat(new ParallelWritePlugin().options().stream().map(OptionDescription::name))
                .containsAll(components.toList());
    }

    private static Stream<String> names(String prefix, Class<? extends Record> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(prefix::concat);
    }

    private static ParallelWriteModel model(WriterDetails details) {
        return new ParallelWriteModel(details, new CatalogCoordinates("sales", "orders", "v1"));
    }

    private static ParallelWriteModel written(Entity entity) {
        GenericModel model = entity.as("orders");
        assertThat(model.product().name()).isEqualTo("parallelWrite");
        return ParallelWriteModelSerde.deserialize(model.value());
    }
}
