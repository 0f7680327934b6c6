/** The image of a plugin's button or, without one, the first letter of its title. The title itself is said elsewhere. */
export function ButtonImage({
  source,
  title,
  size,
}: {
  source: string | undefined;
  title: string;
  size: number;
}) {
  if (source) return <img src={source} alt="" width={size} height={size} style={{ display: 'block' }} />;
  return (
    <span aria-hidden="true" style={{ display: 'inline-block', width: size, textAlign: 'center' }}>
      {[...title][0]}
    </span>
  );
}
