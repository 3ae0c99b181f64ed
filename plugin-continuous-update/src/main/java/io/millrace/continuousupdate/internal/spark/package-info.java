/** What an upsert needs of the internals of Spark and Delta. */
@NullMarked
package io.millrace.continuousupdate.internal.spark;

import org.jspecify.annotations.NullMarked;
