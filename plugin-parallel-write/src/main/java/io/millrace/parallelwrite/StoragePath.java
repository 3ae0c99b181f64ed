package io.millrace.parallelwrite;

import io.millrace.config.MillraceException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Places of files, as configurations and entities write them. */
final class StoragePath {

    private StoragePath() {}

    /** Returns a path with its scheme. A relative one begins at the working directory, as Spark's writers have it, and its tables do not. */
    static String absolute(SparkSession session, String written) {
        Path path = new Path(written);
        if (path.toUri().getScheme() != null) {
            return written;
        }
        try {
            return FileSystem.get(hadoop(session)).makeQualified(path).toString();
        } catch (IOException unusable) {
            throw MillraceException.external("the default file system cannot be used: " + unusable, unusable);
        }
    }

    static boolean exists(SparkSession session, String location) {
        Path path = new Path(location);
        try {
            return path.getFileSystem(hadoop(session)).exists(path);
        } catch (IOException unusable) {
            throw MillraceException.external(location + " cannot be read: " + unusable, unusable);
        }
    }

    /** Returns whether two places are one. */
    static boolean same(SparkSession session, String one, String other) {
        return uri(session, one).equals(uri(session, other));
    }

    private static Path uri(SparkSession session, String location) {
        String known = location.replaceFirst("^s3n?:", "s3a:"); // as a metastore may have it
        return new Path(new Path(absolute(session, known)).toUri().normalize());
    }

    private static Configuration hadoop(SparkSession session) {
        return session.sparkContext().hadoopConfiguration();
    }
}
