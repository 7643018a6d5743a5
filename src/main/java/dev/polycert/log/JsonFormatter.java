package dev.polycert.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes a record as one JSON object on one line.
 *
 * <p>Parameters of the message that are a {@link LogSubject} add their own members, such as {@code
 * orderId}. A context that is tied to threads (MDC) would be lost or, worse, belong to another
 * order, because the steps of an order change threads with every answer.
 */
final class JsonFormatter extends ExtFormatter {
  /** The system property in which Lambda's runtimes keep the trace header of the current event. */
  private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

  private static final String ROOT = "Root=";

  private final CurrentEvent event;
  private final Redaction redaction;

  JsonFormatter(CurrentEvent event, Redaction redaction) {
    this.event = event;
    this.redaction = redaction;
  }

  @Override
  public String format(ExtLogRecord record) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    line.put("timestamp", record.getInstant().toString());
    line.put("level", record.getLevel().getName());
    line.put("logger", record.getLoggerName());
    line.put("message", clean(formatMessage(record)));
    addSubjects(line, record.getParameters());
    put(line, "requestId", event.id());
    put(line, "traceId", traceId(System.getProperty(TRACE_HEADER)));
    if (record.getThrown() != null) {
      line.put("exception", clean(trace(record.getThrown())));
    }
    return line + "\n";
  }

  private static void addSubjects(ObjectNode line, Object @Nullable [] parameters) {
    if (parameters == null) {
      return;
    }
    for (Object parameter : parameters) {
      if (parameter instanceof LogSubject subject) {
        subject.logMembers().forEach(line::put);
      }
    }
  }

  private static void put(ObjectNode line, String name, @Nullable String value) {
    if (value != null) {
      line.put(name, value);
    }
  }

  /** The trace of {@code Root=1-…;Parent=…;Sampled=0}; null where there is none. */
  private static @Nullable String traceId(@Nullable String header) {
    if (header == null) {
      return null;
    }
    for (String part : header.split(";")) {
      if (part.startsWith(ROOT)) {
        return part.substring(ROOT.length());
      }
    }
    return null;
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.toString();
  }

  private String clean(@Nullable String text) {
    return redaction.clean(String.valueOf(text));
  }
}
