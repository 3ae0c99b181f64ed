/** What is shown of a run: while it goes, and of each ETL when it has ended; as text and as JSON. */
@NullMarked
package io.millrace.cli.internal.run;

import org.jspecify.annotations.NullMarked;
