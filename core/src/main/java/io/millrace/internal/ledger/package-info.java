/**
 * What a pipegraph or a workflow has run and is running: claimed by one process at a time, then completed, failed or released, and listed.
 *
 * <p>A {@link io.millrace.internal.ledger.Ledger} says what claiming and the rest mean; it keeps the entries in small files, each
 * change a new version that is written only where nobody else has written one meanwhile. So several processes can use one ledger without a lock
 * that a dead process could leave behind. What finished long ago is let go: beginning a run costs the same however many there were.
 */
@NullMarked
package io.millrace.internal.ledger;

import org.jspecify.annotations.NullMarked;
