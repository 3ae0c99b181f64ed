/** The command that runs SQL over the tables of a pipegraph. */
@NullMarked
package io.millrace.cli.internal.sql;

import org.jspecify.annotations.NullMarked;
