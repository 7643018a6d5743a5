package dev.polycert.log;

import java.util.Map;

/** Something that a log message can be about, when it is a parameter of the message. */
public interface LogSubject {

  /** The members that it adds to a line of the JSON log, by name and in this order. */
  Map<String, String> logMembers();
}
