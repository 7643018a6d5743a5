package dev.polycert.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Typed;
import org.jboss.logging.Logger;

/** Writes each notice to the log as one line of JSON. */
@Typed(LoggedNotices.class)
@ApplicationScoped
public class LoggedNotices implements Notices {
  private static final Logger LOG = Logger.getLogger(Notice.class);

  private final ObjectMapper mapper;

  LoggedNotices(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public void send(Notice notice) {
    try {
      LOG.info(mapper.writeValueAsString(notice));
    } catch (JsonProcessingException e) {
      LOG.errorf(e, "notice %s cannot be written", notice.id());
    }
  }
}
