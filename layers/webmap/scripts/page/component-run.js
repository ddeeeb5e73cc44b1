/* Streamlit ends a run of a component for two reasons. The component is gone, and its place
 * with it. Or another run was asked for while this one waited: then the place is still
 * there, and what stands in it is the later run's to replace, which may take a while. Who
 * took it down at once would leave a gap on the page. */

/**
 * @param {Node} place Where the component puts what it shows.
 * @param {() => void} end Stops what the run has begun.
 * @returns {() => void} For Streamlit: does so if the component is gone.
 */
export function whenGone(place, end) {
  return () => {
    if (!place.isConnected) end();
  };
}
