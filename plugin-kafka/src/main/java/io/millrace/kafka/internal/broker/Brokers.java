package io.millrace.kafka.internal.broker;

import io.millrace.config.MillraceException;
import io.millrace.config.Suggestion;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;

/** Asks the brokers, before Spark does, so that what is wrong is said soon and in a sentence. Used on the driver. */
public final class Brokers {

    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparingInt(TopicPartition::partition);

    private final Connection connection;

    /** Asks the brokers of a connection. */
    public Brokers(Connection connection) {
        this.connection = connection;
    }

    /**
     * Returns the partitions of topics, sorted.
     *
     * @throws MillraceException of kind USER where a topic or partition is missing or may not be seen, EXTERNAL where no broker answers
     */
    public List<TopicPartition> partitions(Topics topics) {
        return described(topics).stream()
                .flatMap(topic -> chosen(topic, topics).stream())
                .sorted(ORDER)
                .toList();
    }

    /**
     * Returns the ids of topics, by their names: a topic that was deleted and made anew has another one.
     *
     * @throws MillraceException as {@link #partitions}
     */
    public Map<String, String> ids(Topics topics) {
        return described(topics).stream().collect(Collectors.toMap(TopicDescription::name, topic -> topic.topicId()
                .toString()));
    }

    private Collection<TopicDescription> described(Topics topics) {
        return asked(admin -> {
            Set<String> there = answer(admin.listTopics().names());
            Set<String> wanted = topics.chosenByPattern()
                    .map(pattern -> matching(there, pattern))
                    .orElseGet(() -> new TreeSet<>(topics.names()));
            requireAll(wanted, there);
            if (wanted.isEmpty()) {
                throw MillraceException.user("no topic matches " + topics.pattern() + "; there are: " + some(there));
            }
            return answer(admin.describeTopics(wanted).allTopicNames()).values();
        });
    }

    private static List<TopicPartition> chosen(TopicDescription topic, Topics topics) {
        int count = topic.partitions().size();
        List<Integer> numbers = topics.partitions()
                .getOrDefault(topic.name(), IntStream.range(0, count).boxed().toList());
        List<Integer> missing =
                numbers.stream().filter(number -> number >= count).toList();
        if (!missing.isEmpty()) {
            throw noPartition(topic.name(), missing, count);
        }
        return numbers.stream()
                .map(number -> new TopicPartition(topic.name(), number))
                .toList();
    }

    /** Says that a topic has no such partitions. */
    public static MillraceException noPartition(String topic, List<Integer> missing, int count) {
        return MillraceException.user("topic " + topic + " has no partition "
                + missing.stream().map(String::valueOf).collect(Collectors.joining(", ")) + "; it has 0 to "
                + (count - 1));
    }

    private void requireAll(Set<String> wanted, Set<String> there) {
        List<String> missing =
                wanted.stream().filter(topic -> !there.contains(topic)).toList();
        if (!missing.isEmpty()) {
            String near = missing.size() == 1
                    ? Suggestion.nearest(missing.get(0), there)
                            .map(found -> "; did you mean \"" + found + "\"? If not,")
                            .orElse(";")
                    : ";";
            throw MillraceException.user(
                    (missing.size() == 1 ? "topic " : "topics ") + String.join(", ", missing) + " not found at "
                            + connection.bootstrapServers() + near
                            + " look at the name, create it first, or get the right to see it (there are: "
                            + some(there) + ")");
        }
    }

    private static String some(Collection<String> topics) {
        List<String> shown = topics.stream().sorted().limit(10).toList();
        return shown.isEmpty() ? "none" : String.join(", ", shown) + (topics.size() > 10 ? ", …" : "");
    }

    private static Set<String> matching(Set<String> there, Pattern pattern) {
        return there.stream()
                .filter(topic -> pattern.matcher(topic).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException, TimeoutException;
    }

    private <T> T asked(Question<T> question) {
        try (Admin admin = Admin.create(connection.clientProperties())) {
            return question.ask(admin);
        } catch (KafkaException unusable) {
            throw refused(unusable);
        } catch (ExecutionException failed) {
            throw refused(Optional.ofNullable(failed.getCause()).orElse(failed));
        } catch (TimeoutException late) {
            throw silent(late);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MillraceException.external(
                    "interrupted while asking Kafka at " + connection.bootstrapServers(), interrupted);
        }
    }

    private MillraceException refused(Throwable cause) {
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return MillraceException.external(
                    "Kafka at " + connection.bootstrapServers() + " refuses the connection: " + cause.getMessage(),
                    cause);
        }
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return silent(cause);
        }
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        return MillraceException.external(
                "Kafka at " + connection.bootstrapServers() + " cannot be used: " + root.getMessage(), cause);
    }

    private MillraceException silent(Throwable cause) {
        return MillraceException.external(
                "no Kafka broker answers at " + connection.bootstrapServers() + " within "
                        + connection.timeout().toSeconds()
                        + " s; is it running, and can this machine reach the addresses it advertises?",
                cause);
    }

    private <T> T answer(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(connection.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Writes partitions as Spark's options take them: {@code {"orders":[0,1]}}. */
    public static Map<String, List<Integer>> byTopic(List<TopicPartition> partitions) {
        return partitions.stream()
                .collect(Collectors.groupingBy(
                        TopicPartition::topic,
                        TreeMap::new,
                        Collectors.mapping(TopicPartition::partition, Collectors.toList())));
    }
}
