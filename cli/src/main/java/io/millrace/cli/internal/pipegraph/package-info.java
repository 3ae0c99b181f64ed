/** The commands on one pipegraph: check, plan, describe, run. */
@NullMarked
package io.millrace.cli.internal.pipegraph;

import org.jspecify.annotations.NullMarked;
