package io.millrace.spark;

import java.util.List;
import scala.collection.immutable.Map;
import scala.collection.immutable.Map$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Java's collections as Spark's Scala methods want them. Copies. */
final class ScalaCollections {

    private ScalaCollections() {}

    static <T> Seq<T> seq(List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }

    static <K, V> Map<K, V> map(java.util.Map<K, V> map) {
        return Map$.MODULE$.from(CollectionConverters.asScala(map));
    }
}
