package io.millrace.continuousupdate;

import io.millrace.spi.DeadLetters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Dead letters that are kept in a list. */
final class Letters implements DeadLetters {

    final List<String> received = new ArrayList<>();
    int calls;

    @Override
    public boolean available() {
        return true;
    }

    @Override
    public long write(Dataset<Row> rows) {
        calls++;
        List<String> written = new ArrayList<>(rows.toJSON().collectAsList());
        written.sort(Comparator.naturalOrder());
        received.addAll(written);
        return written.size();
    }
}
