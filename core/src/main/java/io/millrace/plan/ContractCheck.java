package io.millrace.plan;

import io.millrace.config.ConfigPath;
import io.millrace.model.Etl;
import io.millrace.model.SchemaContract;
import io.millrace.model.SchemaContract.Policy;
import io.millrace.spi.DecodingSource;
import io.millrace.spi.SupportsContract;
import java.util.List;

/** Sees to it that an ETL's contract is about something. */
final class ContractCheck {

    private final Etl etl;
    private final SchemaContract contract;
    private final String path;
    private final PlanNotes notes;

    ContractCheck(Etl etl, String path, PlanNotes notes) {
        this.etl = etl;
        this.contract = etl.contract();
        this.path = ConfigPath.child(path, "contract");
        this.notes = notes;
    }

    void check(List<PlannedInput> inputs, List<PlannedOutput> outputs) {
        if (contract.equals(SchemaContract.NONE)) {
            return;
        }
        boolean whole = inputs.size() == etl.inputs().size()
                && outputs.size() == etl.outputs().size();
        boolean records = inputs.stream().anyMatch(this::mayChange);
        boolean tables = outputs.stream().anyMatch(output -> output.sink() instanceof SupportsContract);
        if (whole && !records && isAsked("record", contract.record() != SchemaContract.NONE.record(), tables)) {
            notes.problem(
                    at("record"),
                    "no input has records whose schema may change; those of product kafka with decode { format = confluent-avro } have");
        }
        if (whole && !tables && isAsked("table", contract.table() != SchemaContract.NONE.table(), records)) {
            notes.problem(at("table"), "no output has columns of its own; tables and entities have");
        }
        boolean letters = contract.record() == Policy.DEAD_LETTER || contract.table() == Policy.DEAD_LETTER;
        if (letters && etl.deadLetters().isEmpty()) {
            notes.problem(path, PlanNotes.NO_DEAD_LETTERS);
        }
    }

    private boolean mayChange(PlannedInput input) {
        return input.source() instanceof DecodingSource source
                && source.lookup(contract.record()).isPresent();
    }

    /** One word for both parts is also right where only the other part applies. */
    private boolean isAsked(String part, boolean unusual, boolean otherApplies) {
        return unusual && (!otherApplies || isWritten(part));
    }

    private boolean isWritten(String part) {
        return notes.document().sources().at(ConfigPath.child(path, part)).isPresent();
    }

    private String at(String part) {
        return isWritten(part) ? ConfigPath.child(path, part) : path;
    }
}
