/**
 * One plan, many slices: several run at once, each is remembered in a ledger that many processes share, each is tried again alone, and each is
 * replaced as a whole in its output.
 */
@NullMarked
package io.millrace.slices;

import org.jspecify.annotations.NullMarked;
