/** One dataset that a job reads or writes: how its options become the model of a product. */
@NullMarked
package io.millrace.flare.internal.dataset;

import org.jspecify.annotations.NullMarked;
