/**
 * Plain files in a folder, written exactly once: Parquet, JSON and others without a table format around them.
 *
 * <p>What a batch wrote counts when its marker is there, and the marker is written last:
 *
 * <pre>
 * lake/orders/order_date=2024-01-03/part-00000-0f2c…-17.snappy.parquet     data; the name ends with the batch's key
 * lake/orders/_millrace/staging/0f2c…-17/                                  where Spark writes first
 * lake/orders/_millrace/intents/0f2c…-17.json                              the names an attempt is about to create
 * lake/orders/_millrace/commits/9a31…/run-4.17.json                        the marker: one folder per output, one file per batch
 * lake/orders/_millrace/compactions/77aa….claim                            a compaction, from its beginning
 * lake/orders/_millrace/compactions/77aa….plan.json                        what it is going to move and to delete
 * lake/orders/_millrace/compactions/77aa….decided                          the claim, renamed: from now on it is done, by whomever
 * </pre>
 *
 * An attempt that finds the marker does nothing. One that finds an intent without a marker deletes those names and starts afresh. So a batch is
 * there once, whenever the process died. What this does not give: readers may see the files of a batch before its marker is there; it needs a
 * file system that lists what was written (all of today's do), and one live writer for each request of an output. For commits that readers see
 * as a whole use Delta or Iceberg.
 *
 * <p>A compaction touches only what markers, or earlier compactions, answer for. It writes its files to a staging folder of its own, notes which
 * they are and which they stand for, and decides by renaming its claim. After that each new file is moved and then those are deleted whose rows it
 * has, by the compaction itself or, where that died, by the next one or the next batch; a new file exists once, so it cannot come twice, and
 * nothing is deleted whose replacement is not there. A batch that overwrites deletes the claims it finds, before and after it has noted what it is
 * about to delete, and completes what is decided; a compaction looks for such notes after it has its claim. So one of the two sees the other.
 */
@NullMarked
package io.millrace.internal.files;

import org.jspecify.annotations.NullMarked;
