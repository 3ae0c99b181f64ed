package io.millrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.catalog.TemporaryCredentials.AccessKey;
import io.millrace.config.MillraceException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteExecutionPlanTest {

    @ParameterizedTest
    @CsvSource({
        "s3://bucket/orders, s3a://bucket/orders",
        "S3://bucket/orders, s3a://bucket/orders",
        "s3a://bucket/orders, s3a://bucket/orders",
        "s3n://bucket/orders, s3n://bucket/orders",
        "hdfs://name/orders, hdfs://name/orders",
        "/lake/s3://x, /lake/s3://x"
    })
    void namesThePlaceAsHadoopDoes(String writeUri, String location) {
        assertThat(new WriteExecutionPlan.Cold(EntityFormat.DELTA, writeUri, null).location())
                .isEqualTo(location);
    }

    @Test
    void neverShowsASecret() {
        TemporaryCredentials credentials = new TemporaryCredentials(
                new AccessKey("id-r", "secret-r", "token-r"), new AccessKey("id-w", "secret-w", "token-w"));

        assertThat(new WriteExecutionPlan.Cold(EntityFormat.PARQUET, "s3://b/x", credentials))
                .hasToString("Cold[format=Parquet, writeUri=s3://b/x, temporaryCredentials=TemporaryCredentials["
                        + "read=AccessKey[accessKeyId=***, secretKey=***, sessionToken=***], "
                        + "write=AccessKey[accessKeyId=***, secretKey=***, sessionToken=***]]]");
    }

    @Test
    void takesTheOtherKeyWhereOneIsMissing() {
        AccessKey key = new AccessKey("id", "secret", "token");

        assertThat(new TemporaryCredentials(key, null).forWriting()).contains(key);
        assertThat(new TemporaryCredentials(null, key).forReading()).contains(key);
        assertThat(new TemporaryCredentials(null, null).forReading()).isEmpty();
    }

    @Test
    void aLocalEntityIsAPlace() {
        ParallelWriteEntity entity = ParallelWriteEntity.local("delta", "/lake/orders");

        entity.complete(false, "batch-1");
        assertThat(entity.plan(PlanRequest.unfiltered(), "batch-1"))
                .isEqualTo(WriteExecutionPlan.cold(EntityFormat.DELTA, "/lake/orders"));
        assertThat(entity.committed("batch-1")).isEqualTo(CommitStatus.SUCCESS);
        assertThat(entity.remote()).isFalse();
        assertThatThrownBy(entity::hot)
                .isInstanceOf(MillraceException.class)
                .hasMessage("local Delta entity at /lake/orders: takes no rows over HTTP; its plan is Cold");
    }

    @Test
    void refusesALocalEntityThatIsNoPlace() {
        assertThatThrownBy(() -> ParallelWriteEntity.local("Delt", "/lake"))
                .hasMessage("unknown format \"Delt\"; did you mean \"Delta\"? (known: Delta, Iceberg, Parquet)");
        assertThatThrownBy(() -> ParallelWriteEntity.local("Delta", " "))
                .hasMessage("the location of an entity must not be blank");
    }

    @Test
    void refusesAnEntityBehindWhatIsNoBaseUrl() {
        assertThatThrownBy(() -> ParallelWriteEntity.http(URI.create("http://user:secret@host/x")))
                .hasMessage("the URL of an entity on host must not hold a user or a password");
        assertThatThrownBy(() -> ParallelWriteEntity.http(URI.create("ftp://host/x")))
                .hasMessage("the URL of an entity must be http://host/path or https://host/path, without ? and #, "
                        + "not \"ftp://host/x\"");
    }
}
