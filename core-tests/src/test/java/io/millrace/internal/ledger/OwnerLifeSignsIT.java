package io.millrace.internal.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.internal.state.StateFolder;
import io.millrace.testkit.MillraceSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Who counts as alive. */
@ExtendWith(MillraceSession.class)
class OwnerLifeSignsIT {

    private final java.nio.file.Path folder;
    private final OwnerLifeSigns beats;

    OwnerLifeSignsIT(SparkSession session, @TempDir java.nio.file.Path folder) {
        this.folder = folder;
        this.beats =
                new OwnerLifeSigns(new StateFolder(session, folder.toString()), new Path(folder.toString()), "claims");
    }

    private static Owner with(Owner owner, String host, long process, long started) {
        return new Owner(host, process, started, owner.token());
    }

    @Test
    void aClaimOfThisProcessLivesAsLongAsItIsNoted() {
        Owner mine = Owner.here();
        assertThat(beats.lives(mine)).isFalse();
        OwnerHeartbeat heartbeat = OwnerHeartbeat.start(beats, mine);
        assertThat(beats.lives(mine)).isTrue();
        heartbeat.close();
        assertThat(beats.lives(mine)).isFalse();
    }

    @Test
    void anotherProcessOfThisMachineLivesAsLongAsItRuns() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        Owner here = Owner.here();
        Owner other = with(here, here.host(), process.pid(), Owner.started(process.toHandle()));

        assertThat(beats.lives(other)).isTrue();
        assertThat(beats.lives(with(here, here.host(), process.pid(), Owner.started(process.toHandle()) + 1)))
                .isFalse();

        process.destroyForcibly().waitFor();
        assertThat(beats.lives(other)).isFalse();
    }

    /** Containers may have one host name, and each a process 1. */
    @Test
    void aProcessOfTheSameNameAndNumberInAnotherContainerLivesAsLongAsItIsNoted() throws IOException {
        Owner here = Owner.here();
        Owner other = with(here, here.host().replaceFirst("~.*", "~0"), here.process(), here.started());
        assertThat(other.ofThisProcess()).isFalse();
        assertThat(beats.lives(other)).isFalse();

        beats.beat(other);
        assertThat(beats.lives(other)).isTrue();

        java.nio.file.Path note = folder.resolve(".claims." + other.token() + ".alive");
        Files.setLastModifiedTime(
                note, FileTime.from(Instant.now().minus(OwnerLifeSigns.LEASE).minusSeconds(1)));
        assertThat(beats.lives(other)).isFalse();
    }
}
