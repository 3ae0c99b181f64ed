package io.millrace.internal.spark.text;

import java.io.FileNotFoundException;
import java.nio.charset.Charset;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.Text;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.execution.datasources.HadoopFileLinesReader;

/** A part of a file of CSV whose records are lines; Spark passes over blank ones, comments, and the header. */
final class CsvLines implements CsvFileRecords {

    private final HadoopFileLinesReader lines;
    private final CSVOptions options;
    private String text = "";
    private long line;

    CsvLines(Configuration storage, String path, long from, CSVOptions options) throws FileNotFoundException {
        this.options = options;
        this.line = FileLines.before(storage, path, from, options.lineSeparatorInRead());
        this.lines = FileLines.open(storage, path, from, Long.MAX_VALUE, options.lineSeparatorInRead());
        if (options.headerFlag() && from == 0) {
            next();
        }
    }

    @Override
    public boolean next() {
        while (lines.hasNext()) {
            Text bytes = lines.next();
            text = new String(bytes.getBytes(), 0, bytes.getLength(), Charset.forName(options.charset()));
            line++;
            if (isRecord()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public void close() {
        lines.close();
    }

    private boolean isRecord() {
        boolean comment = options.isCommentSet() && text.startsWith(Character.toString(options.comment()));
        return !comment && !text.trim().isEmpty();
    }
}
