package io.millrace.internal.files;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/** Says that a batch is committed. */
@JsonIgnoreProperties(ignoreUnknown = true)
record CommitMarker(String batch, String saveMode, long rows, List<WrittenFile> files) {}
