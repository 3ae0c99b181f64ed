/** The commands on data products, backups of topics, and jobs that are handed over by a topic. */
@NullMarked
package io.millrace.cli.internal.products;

import org.jspecify.annotations.NullMarked;
