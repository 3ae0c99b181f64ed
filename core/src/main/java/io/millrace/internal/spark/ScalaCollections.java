package io.millrace.internal.spark;

import java.util.List;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Java's collections as Spark's Scala methods want them. Copies. */
public final class ScalaCollections {

    private ScalaCollections() {}

    /** Returns a list's elements in their order. */
    public static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    /** Returns a map's entries. */
    public static <K, V> Map<K, V> map(java.util.Map<K, V> map) {
        return Map$.MODULE$.from(CollectionConverters.asScala(map));
    }
}
