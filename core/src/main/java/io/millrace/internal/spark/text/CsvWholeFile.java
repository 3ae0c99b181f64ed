package io.millrace.internal.spark.text;

import com.univocity.parsers.csv.CsvFormat;
import com.univocity.parsers.csv.CsvParser;
import java.io.FileNotFoundException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.csv.CSVOptions;
import org.apache.spark.sql.execution.datasources.CodecStreams;
import org.jspecify.annotations.Nullable;

/** A file of CSV whose records may go over several lines, read by the parser that Spark reads it with. */
final class CsvWholeFile implements CsvFileRecords {

    private final CsvParser parser;
    private final String lineBreak;
    private String text = "";
    private long line;
    private long uncounted;

    /** Opens a file; Spark throws {@link FileNotFoundException} without declaring it. */
    CsvWholeFile(Configuration storage, Path path, CSVOptions options) throws FileNotFoundException {
        this.parser = new CsvParser(options.asParserSettings());
        parser.beginParsing(CodecStreams.createInputStreamWithCloseResource(storage, path), options.charset());
        @Nullable CsvFormat detected = parser.getDetectedFormat();
        this.lineBreak =
                detected == null ? options.lineSeparator().getOrElse(() -> "\n") : detected.getLineSeparatorString();
        if (options.headerFlag()) {
            next();
        }
    }

    @Override
    public boolean next() {
        if (parser.parseNext() == null) {
            return false;
        }
        String content = parser.getContext().currentParsedContent();
        text = content == null ? "" : content;
        text = text.substring(0, text.length() - endOf(text));
        long breaks = count(text, lineBreak);
        line = parser.getContext().currentLine() - breaks + uncounted;
        uncounted += count(text, "\n") - (lineBreak.endsWith("\n") ? breaks : 0);
        return true;
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
        parser.stopParsing();
    }

    /** As Spark takes it off, and what else ends records. */
    private int endOf(String content) {
        if (content.endsWith("\n")) {
            return content.endsWith("\r\n") ? 2 : 1;
        }
        return content.endsWith(lineBreak) ? lineBreak.length() : 0;
    }

    private static long count(String text, String part) {
        long count = 0;
        for (int i = text.indexOf(part); i >= 0; i = text.indexOf(part, i + part.length())) {
            count++;
        }
        return count;
    }
}
