/** The commands on workflows. */
@NullMarked
package io.millrace.cli.internal.workflow;

import org.jspecify.annotations.NullMarked;
